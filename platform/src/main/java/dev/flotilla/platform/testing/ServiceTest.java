package dev.flotilla.platform.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of one whole service: its real configuration on a free port, over a fresh real database, with a data folder and keys of its own. The
 * service's name is taken from {@code NAME} of its main class. {@link TestTokens} and a {@code RestTestClient} can be injected.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.NEVER)
@ContextConfiguration(initializers = TestWorld.class)
@AutoConfigureRestTestClient
@Import(TestTokens.class)
public @interface ServiceTest {}
