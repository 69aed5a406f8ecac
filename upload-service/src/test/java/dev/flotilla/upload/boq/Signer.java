package dev.flotilla.upload.boq;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A build system with a key: makes statements and signs them. */
record Signer(KeyPair pair, String algorithm) {
    static final String IN_TOTO = "application/vnd.in-toto+json";

    static Signer ed25519() {
        return of("Ed25519", 255, "Ed25519");
    }

    static Signer of(String keys, int size, String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keys);
            generator.initialize(size);
            return new Signer(generator.generateKeyPair(), algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static String testResult(String sha256, String result) {
        return """
                {"_type": "https://in-toto.io/Statement/v1",
                 "subject": [{"name": "other", "digest": {"sha512": "ab"}}, {"name": "payload", "digest": {"sha256": "%s"}}],
                 "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
                 "predicate": {"result": "%s", "configuration": [{"name": "ci.yml"}], "passedTests": ["a", "b"]}}
                """.formatted(sha256, result);
    }

    static String provenance(String sha256, String finishedOn) {
        return """
                {"_type": "https://in-toto.io/Statement/v1", "subject": [{"digest": {"sha256": "%s"}}],
                 "predicateType": "https://slsa.dev/provenance/v1",
                 "predicate": {"buildDefinition": {"buildType": "https://build.example/v1", "externalParameters": {}},
                  "runDetails": {"builder": {"id": "https://build.example/7"}, "metadata": {"finishedOn": "%s"}}}}
                """.formatted(sha256, finishedOn);
    }

    String sign(String payload) {
        return sign(IN_TOTO, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** The signature, in base64. */
    String sign(String type, byte[] payload) {
        byte[] head =
                ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(head);
            signature.update(payload);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The envelope with this signature alone. */
    String envelope(String payload) {
        return envelope(payload, signature(null, sign(payload)));
    }

    static String envelope(String payload, String... signatures) {
        return raw(IN_TOTO, base64(payload), signatures);
    }

    static String raw(String type, String payload, String... signatures) {
        return "{\"payloadType\": \"" + type + "\", \"payload\": \"" + payload + "\", \"signatures\": ["
                + Arrays.stream(signatures).collect(Collectors.joining(", ")) + "], \"extra\": 1}";
    }

    static String signature(@Nullable String keyid, String sig) {
        return "{" + (keyid == null ? "" : "\"keyid\": \"" + keyid + "\", ") + "\"sig\": \"" + sig + "\"}";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
