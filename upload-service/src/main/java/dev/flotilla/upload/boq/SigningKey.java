package dev.flotilla.upload.boq;

import dev.flotilla.platform.problem.ProblemException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key that signatures are verified with, and how that is done with a key of its sort. */
record SigningKey(PublicKey key, String algorithm) {
    private static final String FIELD = "publicKey";
    private static final String ALLOWED = "Ed25519, ECDSA P-256, or RSA of 2048 to 8192 bits";
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----\\s*");
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);
    private static final ECParameterSpec P256 = p256();

    /** Reads a public key in PEM; a 400 that says what is allowed for anything else. */
    static SigningKey ofPem(String pem) {
        if (pem.contains("PRIVATE KEY")) {
            throw refused(
                    "is a private key: keep it to yourself, and send the public one (openssl pkey -in key.pem -pubout)");
        }
        if (pem.contains("BEGIN CERTIFICATE")) {
            throw refused("is a certificate: send its key (openssl x509 -in cert.pem -pubkey -noout)");
        }
        Matcher text = PEM.matcher(pem);
        if (!text.matches()) {
            throw refused("must be one public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----");
        }
        try {
            SigningKey key = ofSpki(Base64.getDecoder().decode(text.group(1).replaceAll("\\s", "")));
            key.signed(new byte[0], new byte[64]);
            return key;
        } catch (IllegalArgumentException e) {
            throw refused("is cut off or damaged: between its lines is no base64");
        } catch (IllegalStateException e) {
            throw refused("has the form of a key and is no key: nothing can be verified with it");
        }
    }

    /** Reads a SubjectPublicKeyInfo in DER. */
    static SigningKey ofSpki(byte[] der) {
        for (String algorithm : List.of("Ed25519", "EC", "RSA")) {
            try {
                return of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
            } catch (InvalidKeySpecException e) {
                // of another sort
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has " + algorithm, e);
            }
        }
        throw refused("is cut off, damaged, or of another sort: " + ALLOWED + " are taken");
    }

    private static SigningKey of(PublicKey key) {
        return switch (key) {
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> new SigningKey(ed, "Ed25519");
            case ECPublicKey ec when isP256(ec) -> new SigningKey(ec, "ECDSA P-256");
            case RSAPublicKey rsa
            when rsa.getModulus().bitLength() >= 2048 && rsa.getModulus().bitLength() <= 8192 ->
                new SigningKey(rsa, "RSA " + rsa.getModulus().bitLength());
            case RSAPublicKey rsa ->
                throw refused("is RSA of " + rsa.getModulus().bitLength() + " bits: " + ALLOWED + " are taken");
            default -> throw refused("is of another sort or curve: " + ALLOWED + " are taken");
        };
    }

    private static boolean isP256(ECPublicKey key) {
        return key.getParams().getCurve().equals(P256.getCurve())
                && key.getParams().getGenerator().equals(P256.getGenerator());
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** Whether this is the key's signature of these bytes. */
    boolean signed(byte[] bytes, byte[] signature) {
        return switch (key) {
            case EdECPublicKey _ -> verifies("Ed25519", bytes, signature);
            case ECPublicKey _ -> verifies("SHA256withECDSA", bytes, signature);
            default -> verifies("SHA256withRSA", bytes, signature) || verifies("RSASSA-PSS", bytes, signature);
        };
    }

    private boolean verifies(String algorithm, byte[] bytes, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                check.setParameter(PSS);
            }
            check.initVerify(key);
            check.update(bytes);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false; // not even of the form that signatures of this sort have
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was taken verifies nothing: " + fingerprint(), e);
        }
    }

    /** SubjectPublicKeyInfo in DER. */
    byte[] spki() {
        return key.getEncoded();
    }

    /** SHA-256 of {@link #spki()}, in hexadecimal. */
    String fingerprint() {
        return HexFormat.of().formatHex(sha256(spki()));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki()) + "\n-----END PUBLIC KEY-----\n";
    }

    private static ProblemException refused(String message) {
        return ProblemException.badRequest(FIELD, message, null);
    }
}
