package dev.flotilla.platform.orders;

import dev.flotilla.platform.security.PemKeys;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** The signer where {@code flotilla.orders.private-key-file} is set, the verifier where {@code flotilla.orders.public-key-file} is. */
@AutoConfiguration
class OrdersConfiguration {
    @Bean
    @ConditionalOnProperty("flotilla.orders.private-key-file")
    OrderSigner orderSigner(@Value("${flotilla.orders.private-key-file}") Path file, JsonMapper json) {
        return new OrderSigner(PemKeys.readPrivate(file, OrderKeys.ALGORITHM), json);
    }

    @Bean
    @ConditionalOnProperty("flotilla.orders.public-key-file")
    OrderVerifier orderVerifier(@Value("${flotilla.orders.public-key-file}") Path file, JsonMapper json) {
        return new OrderVerifier(PemKeys.readPublic(file, OrderKeys.ALGORITHM), json);
    }
}
