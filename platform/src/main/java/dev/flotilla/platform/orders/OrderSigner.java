package dev.flotilla.platform.orders;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.SignedOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Signs orders: JSON Web Signature in compact form (RFC 7515) with EdDSA (RFC 8037). */
public final class OrderSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            encode("{\"alg\":\"EdDSA\",\"typ\":\"flotilla-order\"}".getBytes(StandardCharsets.UTF_8));
    private final PrivateKey key;
    private final JsonMapper json;

    public OrderSigner(PrivateKey key, JsonMapper json) {
        this.key = key;
        this.json = json;
    }

    public SignedOrder sign(Order order) {
        String signed = HEADER + "." + encode(json.writeValueAsBytes(order));
        try {
            Signature signature = Signature.getInstance(OrderKeys.ALGORITHM);
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return new SignedOrder(signed + "." + encode(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an order can't be signed: is the key an Ed25519 one?", e);
        }
    }

    private static String encode(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
