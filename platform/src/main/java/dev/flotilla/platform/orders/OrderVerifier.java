package dev.flotilla.platform.orders;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verifies what {@link OrderSigner} signs. */
public final class OrderVerifier {
    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();
    private final PublicKey key;
    private final JsonMapper json;

    public OrderVerifier(PublicKey key, JsonMapper json) {
        this.key = key;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** The order, if its signature is that of the key; else a 403 problem that says what is wrong with it. */
    public Order verify(SignedOrder signed) {
        String[] parts = signed.jws().split("\\.", -1);
        if (parts.length != 3) {
            throw ProblemException.forbidden(
                    "The order is no signed order: header, payload and signature are expected, joined by dots");
        }
        try {
            JsonNode header = json.readTree(BASE64.decode(parts[0]));
            if (!"EdDSA".equals(header.path("alg").asString(""))) {
                throw ProblemException.forbidden(
                        "The order is signed in a way that is not accepted: alg must be EdDSA");
            }
            Signature signature = Signature.getInstance(OrderKeys.ALGORITHM);
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(BASE64.decode(parts[2]))) {
                throw ProblemException.forbidden("The order's signature is not that of this fleet's orchestrator");
            }
            return json.readValue(BASE64.decode(parts[1]), Order.class);
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
            throw ProblemException.forbidden("The order can't be verified: " + e.getMessage());
        }
    }
}
