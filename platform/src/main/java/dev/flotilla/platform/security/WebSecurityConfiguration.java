package dev.flotilla.platform.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.problem.ProblemWriter;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Every request needs a valid token that names a role, health probes aside. What the caller may do is checked where it is done, through
 * {@link Caller}.
 */
@AutoConfiguration(
        before = {OAuth2ResourceServerAutoConfiguration.class, OAuth2ResourceServerWebSecurityAutoConfiguration.class})
@EnableWebSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class WebSecurityConfiguration {
    private static final String[] ROLES =
            Arrays.stream(Role.values()).map(Role::claimValue).toArray(String[]::new);

    /** The local issuer's tokens, unless an OIDC issuer is configured, whose decoder Spring Boot then brings. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnLocalIssuer
    JwtDecoder localIssuerDecoder(SecurityProperties properties, AudienceValidator audience) {
        ECPublicKey key = (ECPublicKey) PemKeys.readPublic(properties.publicKeyFile(), "EC");
        JWKSet keys = new JWKSet(new ECKey.Builder(Curve.P_256, key).build());
        DefaultJWTProcessor<com.nimbusds.jose.proc.SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(properties.issuer()), audience));
        return decoder;
    }

    /** Checks tokens of the local issuer, and those of an OIDC issuer: Spring Boot gives its decoder every validator that is a bean. */
    @Bean
    AudienceValidator audienceValidator(SecurityProperties properties) {
        return new AudienceValidator(properties.audience());
    }

    @Bean
    TokenAuthenticator tokenAuthenticator(JwtDecoder decoder, SecurityProperties properties, InstantSource clock) {
        return new TokenAuthenticator(decoder, properties, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    TokenSource tokenSource(SecurityProperties properties, InstantSource clock) {
        return new FileTokenSource(properties.tokenFile(), clock);
    }

    @Bean(defaultCandidate = false)
    @ForAgents
    TokenSource agentTokenSource(SecurityProperties properties, InstantSource clock) {
        return new FileTokenSource(properties.agentTokenFile(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityFilterChain tokensForEverything(
            HttpSecurity http,
            TokenAuthenticator authenticator,
            AuthenticationEntryPoint unauthorized,
            AccessDeniedHandler forbidden) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**", "/error")
                        .permitAll()
                        .anyRequest()
                        .hasAnyRole(ROLES))
                .oauth2ResourceServer(tokens -> tokens.jwt(jwt -> jwt.authenticationManager(authenticator))
                        .authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler(forbidden))
                .exceptionHandling(e -> e.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    AuthenticationEntryPoint unauthorized(ProblemWriter problems) {
        return (request, response, exception) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            String detail = exception instanceof InvalidBearerTokenException
                    ? String.valueOf(exception.getMessage())
                    : "A token is missing: send 'Authorization: Bearer TOKEN' ('./flotilla token' prints one for the local cluster)";
            problems.write(response, 401, detail, List.of(new FieldError("Authorization", detail, null)));
        };
    }

    @Bean
    AccessDeniedHandler forbidden(ProblemWriter problems) {
        return (request, response, exception) -> {
            String detail = SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known
                            && known.caller().roles().isEmpty()
                    ? "The token names no role: it takes one of " + String.join(", ", ROLES)
                    : "The token does not permit this";
            problems.write(response, 403, detail, List.of());
        };
    }

    /** Odd paths go on to the controllers, which name the field that is wrong; only what is no normal path at all is stopped here. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowBackSlash(true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler rejectedPaths(ProblemWriter problems) {
        return (request, response, exception) -> {
            String detail =
                    "path: must not hold empty, '.' or '..' segments, ';' or control characters; names are URL-encoded";
            problems.write(response, 400, detail, List.of(new FieldError("path", detail.substring(6), null)));
        };
    }
}
