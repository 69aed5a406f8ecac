package dev.flotilla.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Issues tokens without any identity provider, for a laptop and for tests: ES256, with the key pair {@code issuer} of a folder. */
public final class LocalIssuer {
    /** The claim {@code iss} of its tokens. */
    public static final String NAME = "flotilla-local";

    private final KeyPair keys;
    private final InstantSource clock;

    private LocalIssuer(KeyPair keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The issuer whose keys are in this folder; they are made when there are none. */
    public static LocalIssuer openOrCreate(Path keysFolder) {
        return openOrCreate(keysFolder, InstantSource.system());
    }

    public static LocalIssuer openOrCreate(Path keysFolder, InstantSource clock) {
        return new LocalIssuer(
                PemKeys.openOrCreate(keysFolder, "issuer", "EC", new ECGenParameterSpec("secp256r1")), clock);
    }

    /** A signed token for the services of the fleet; the parameters are those of {@link #issueFor}. */
    public String issue(
            String subject, Set<Role> roles, Collection<String> services, Collection<String> machines, Duration life) {
        return issueFor(Audience.FLEET, subject, roles, services, machines, life);
    }

    /**
     * A signed token.
     *
     * @param audience whom it is for: the claim {@code aud}, such as {@link Audience#AGENTS}
     * @param services the services the subject may act for; {@code *} for all
     * @param machines the machines it may report for, ranges such as {@code m1..m100} allowed
     * @param life how long it is valid; negative for one that has expired
     */
    public String issueFor(
            String audience,
            String subject,
            Set<Role> roles,
            Collection<String> services,
            Collection<String> machines,
            Duration life) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(subject)
                .audience(audience)
                .claim("roles", roles.stream().map(Role::claimValue).sorted().toList())
                .claim("services", List.copyOf(services))
                .claim("machines", List.copyOf(machines));
        return signed(claims, life);
    }

    /** A signed token for the services of the fleet, of someone who answers for these tenants; {@code *} for all. */
    public String issueForTenants(String subject, Collection<String> tenants, Duration life) {
        return signed(
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .audience(Audience.FLEET)
                        .claim("roles", List.of(Role.TENANT.claimValue()))
                        .claim("tenants", List.copyOf(tenants)),
                life);
    }

    private String signed(JWTClaimsSet.Builder claims, Duration life) {
        Instant now = clock.instant();
        JWTClaimsSet complete = claims.issuer(NAME)
                .issueTime(Date.from(life.isNegative() ? now.plus(life).minusSeconds(1) : now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), complete);
        try {
            token.sign(new ECDSASigner((ECPrivateKey) keys.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException("a token can't be signed", e);
        }
        return token.serialize();
    }
}
