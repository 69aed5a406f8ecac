package dev.flotilla.upload.boq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.Digests;
import dev.flotilla.upload.UploadClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A publisher, an operator and a viewer, who talk about evidence. */
record BoqClient(UploadClient publisher, UploadClient operator, UploadClient viewer) {
    private static final AtomicInteger KEYS = new AtomicInteger();

    static BoqClient of(int port, TestTokens tokens) {
        return new BoqClient(
                new UploadClient(port, tokens.bearer(Role.PUBLISHER)),
                new UploadClient(port, tokens.bearer(Role.OPERATOR)),
                new UploadClient(port, tokens.bearer(Role.VIEWER)));
    }

    /** A new version with bytes of its own; answers their digest. */
    String upload(String service, String version) {
        String bytes = "bytes of " + service + " " + version;
        assertThat(publisher.upload(service, version, bytes).statusCode()).isEqualTo(201);
        return Digests.sha256(bytes);
    }

    /** Trusts a key without conditions; answers its id. */
    String trust(Signer signer) {
        return trust(signer, "");
    }

    /** @param more such as {@code , "validFor": "PT1H"} */
    String trust(Signer signer, String more) {
        String id = "key-" + KEYS.incrementAndGet();
        assertThat(putKey(id, signer.pem(), more).statusCode()).isEqualTo(200);
        return id;
    }

    HttpResponse<byte[]> putKey(String id, String pem, String more) {
        String body = "{\"publicKey\": " + JsonMapper.shared().writeValueAsString(pem) + more + "}";
        return send(operator, "PUT", "/v1/boq-keys/" + id, body);
    }

    HttpResponse<byte[]> revoke(String id) {
        return send(operator, "POST", "/v1/boq-keys/" + id + "/revoke", "{\"reason\": \"it leaked\"}");
    }

    HttpResponse<byte[]> attest(String service, String version, String envelope) {
        return send(publisher, "PUT", UploadClient.path(service, version) + "/attestations", envelope);
    }

    JsonNode attested(String service, String version, String envelope) {
        HttpResponse<byte[]> answer = attest(service, version, envelope);
        assertThat(answer.statusCode()).as(UploadClient.text(answer)).isEqualTo(200);
        return json(answer);
    }

    JsonNode list(String service, String version) {
        return json(viewer.get(UploadClient.path(service, version) + "/attestations"))
                .get("items");
    }

    JsonNode boq(String service, String version, @Nullable String require) {
        return json(viewer.get(
                UploadClient.path(service, version) + "/boq" + (require == null ? "" : "?require=" + require)));
    }

    static HttpResponse<byte[]> send(UploadClient as, String method, String path, String body) {
        return as.send(method, path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
