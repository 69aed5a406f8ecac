package dev.flotilla.platform.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.api.upload.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SignedOrdersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Order ORDER = new Order(
            "o1",
            "m1",
            "hello",
            "1.0.0",
            new Payload("a".repeat(64), 3),
            7,
            42,
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T01:00:00Z"),
            "d42");

    @TempDir
    Path folder;

    @Test
    void whatTheFleetsKeySignedVerifies() {
        KeyPair keys = OrderKeys.openOrCreate(folder);
        SignedOrder signed = new OrderSigner(keys.getPrivate(), JSON).sign(ORDER);
        assertThat(new OrderVerifier(OrderKeys.openOrCreate(folder).getPublic(), JSON).verify(signed))
                .isEqualTo(ORDER);
    }

    @Test
    void aKeyOfAnotherKindSignsNothing() throws GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        assertThatThrownBy(() -> new OrderSigner(other.getPrivate(), JSON)).hasMessageContaining("no Ed25519 one");
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        SignedOrder signed =
                new OrderSigner(OrderKeys.openOrCreate(folder.resolve("other")).getPrivate(), JSON).sign(ORDER);
        OrderVerifier verifier =
                new OrderVerifier(OrderKeys.openOrCreate(folder).getPublic(), JSON);
        assertThatThrownBy(() -> verifier.verify(signed)).hasMessageContaining("signature is not that of this fleet");
    }

    @Test
    void aChangedOrderOrAlgorithmIsRefused() {
        KeyPair keys = OrderKeys.openOrCreate(folder);
        OrderVerifier verifier = new OrderVerifier(keys.getPublic(), JSON);
        String[] parts =
                new OrderSigner(keys.getPrivate(), JSON).sign(ORDER).jws().split("\\.");
        String changed =
                encode(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("m1", "m2"));
        String none = encode("{\"alg\":\"none\"}");
        for (String jws : new String[] {
            parts[0] + "." + changed + "." + parts[2],
            none + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            "x",
            "..",
            "%.%.%"
        }) {
            assertThatThrownBy(() -> verifier.verify(new SignedOrder(jws)))
                    .as(jws)
                    .hasMessageContaining("order");
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
