package dev.flotilla.platform.security;

import static dev.flotilla.platform.security.ForeignIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tokens of an identity provider that is not ours. */
@ServiceTest
class OidcIssuerTest {
    private static final ForeignIssuer ISSUER = start();

    @LocalServerPort
    int port;

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens local;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::address);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void aGoodTokenGivesTheRightsOfItsClaims() throws Exception {
        TestHttp viewer = as(signed(ISSUER.key(), ISSUER.claims("viewer", "unheard-of")));
        viewer.get("/v1/services/hello", "*/*").expectStatus().isOk();
        assertThat(TestHttp.problem(403, lookup(viewer)).detail()).contains("'ann'", "deployer");
        lookup(as(signed(ISSUER.key(), ISSUER.claims("deployer"))))
                .expectStatus()
                .isOk();
        assertThat(TestHttp.problem(
                                403,
                                lookup(as(signed(
                                        ISSUER.key(), ISSUER.claims("deployer").claim("services", List.of("other"))))))
                        .detail())
                .contains("may not act for the service 'hello'");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        refused(signed(ISSUER.key(), ISSUER.claims("viewer").issuer("https://elsewhere.example.org")), "iss");
        refused(local.bearer(Role.OPERATOR), "");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws Exception {
        refused(signed(ISSUER.key(), ISSUER.claims("operator").audience("other")), "must contain 'flotilla'");
        refused(signed(ISSUER.key(), ISSUER.claims("operator").audience(Audience.AGENTS)), "must contain 'flotilla'");
        refused(signed(ISSUER.key(), ISSUER.claims("operator").audience((String) null)), "must contain 'flotilla'");
    }

    @Test
    void aTokenThatExpiredIsRefusedToTheSecond() throws Exception {
        Instant now = Instant.now();
        for (Instant end : List.of(now.minusSeconds(2), now.minus(Duration.ofDays(1)))) {
            refused(
                    signed(
                            ISSUER.key(),
                            ISSUER.claims("viewer")
                                    .issueTime(Date.from(end.minusSeconds(60)))
                                    .expirationTime(Date.from(end))),
                    "expired");
        }
    }

    @Test
    void aTokenWithoutASignatureOrWithThatOfAnUnknownKeyIsRefused() throws Exception {
        refused("Bearer " + new PlainJWT(ISSUER.claims("operator").build()).serialize(), "");
        RSAKey stranger = ForeignIssuer.newKey();
        refused(signed(stranger, ISSUER.claims("operator")), "");
        RSAKey disguised =
                new RSAKey.Builder(stranger).keyID(ISSUER.key().getKeyID()).build();
        refused(signed(disguised, ISSUER.claims("operator")), "");
    }

    @Test
    void aTokenThatNamesNobodyIsRefused() throws Exception {
        refused(signed(ISSUER.key(), ISSUER.claims("operator").subject(null)), "sub");
    }

    private void refused(String token, String because) {
        String detail = TestHttp.problem(401, as(token).get("/v1/services/hello", "*/*"))
                .detail();
        assertThat(detail).contains(because).doesNotContain("Exception");
        TestHttp.problem(401, lookup(as(token)));
    }

    private TestHttp as(@Nullable String token) {
        return new TestHttp(client, port, token);
    }

    private static RestTestClient.ResponseSpec lookup(TestHttp caller) {
        return caller.post("/v1/lookup", "application/json", "{\"names\":[]}");
    }

    private static ForeignIssuer start() {
        try {
            return new ForeignIssuer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
