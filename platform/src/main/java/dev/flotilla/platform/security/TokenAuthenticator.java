package dev.flotilla.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Verifies bearer tokens. A token that verified is remembered until it expires, five minutes at most, because machines send the same one
 * thousands of times.
 */
public final class TokenAuthenticator implements AuthenticationManager {
    private final JwtDecoder decoder;
    private final SecurityProperties properties;
    private final InstantSource clock;
    private final Cache<String, CallerAuthentication> verified = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    TokenAuthenticator(JwtDecoder decoder, SecurityProperties properties, InstantSource clock) {
        this.decoder = decoder;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String token = ((BearerTokenAuthenticationToken) presented).getToken();
        CallerAuthentication known = verified.getIfPresent(token);
        if (known == null) {
            known = verify(token);
            verified.put(token, known);
        }
        Instant expires = known.token().getExpiresAt();
        if (expires != null && clock.instant().isAfter(expires)) {
            throw new InvalidBearerTokenException("the token expired at " + expires);
        }
        return known;
    }

    /** Who a token stands for; {@link InvalidBearerTokenException} where it does not verify. */
    public CallerAuthentication verify(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            String subject = jwt.getSubject();
            if (subject == null || subject.isBlank()) {
                throw new InvalidBearerTokenException("the token names no subject (claim sub)");
            }
            Set<String> services = new HashSet<>(strings(jwt, properties.servicesClaim()));
            List<String> machines = strings(jwt, properties.machinesClaim());
            Set<String> tenants = new HashSet<>(strings(jwt, properties.tenantsClaim()));
            return new CallerAuthentication(new Caller(subject, roles(jwt), services, machines, tenants), jwt);
        } catch (JwtException | IllegalArgumentException e) {
            throw new InvalidBearerTokenException("the token is not valid: " + e.getMessage(), e);
        }
    }

    private Set<Role> roles(Jwt jwt) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<String> named = strings(jwt, properties.rolesClaim());
        for (Role role : Role.values()) {
            if (named.contains(role.claimValue())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static List<String> strings(Jwt jwt, String claim) {
        @Nullable List<String> values = jwt.getClaimAsStringList(claim);
        return values == null ? List.of() : values;
    }
}
