package dev.flotilla.platform.orders;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.SignedOrder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs orders: JSON Web Signature in compact form (RFC 7515) with EdDSA (RFC 8037). By Bouncy Castle, which makes the same signatures as the JDK
 * in a tenth of the time: an orchestrator signs thousands in a second.
 */
public final class OrderSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            encode("{\"alg\":\"EdDSA\",\"typ\":\"flotilla-order\"}".getBytes(StandardCharsets.UTF_8));
    private final Ed25519PrivateKeyParameters key;
    private final JsonMapper json;

    /** @param key an Ed25519 one */
    public OrderSigner(PrivateKey key, JsonMapper json) {
        this.key = new Ed25519PrivateKeyParameters(seed(key));
        this.json = json;
    }

    public SignedOrder sign(Order order) {
        String signed = HEADER + "." + encode(json.writeValueAsBytes(order));
        byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(bytes, 0, bytes.length);
        return new SignedOrder(signed + "." + encode(signer.generateSignature()));
    }

    private static byte[] seed(PrivateKey key) {
        if (key instanceof EdECPrivateKey edward && edward.getParams().getName().equals(OrderKeys.ALGORITHM)) {
            return edward.getBytes()
                    .orElseThrow(() -> new IllegalArgumentException("the key for orders can't be read out"));
        }
        throw new IllegalArgumentException(
                "orders can't be signed: the key is a " + key.getAlgorithm() + " one, and no Ed25519 one");
    }

    private static String encode(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
