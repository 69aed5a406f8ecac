package dev.flotilla.platform.security;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which tokens are good. With {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} (any OIDC issuer) that issuer's keys count
 * instead of the local one's.
 *
 * @param publicKeyFile public key of the local issuer, PEM
 * @param tokenFile this process's own token, read again when it changes
 * @param agentTokenFile its token for calls to agents, whose audience is {@link Audience#AGENTS} and nothing else
 * @param audience what the claim {@code aud} must contain: {@link Audience#FLEET}, and for an agent {@link Audience#AGENTS}
 * @param issuer who must have issued the token, where the local issuer is used
 * @param rolesClaim the claim that lists the roles
 * @param servicesClaim the claim that lists the services the caller may act for, {@code *} for all
 * @param machinesClaim the claim that lists the machines an agent may report for
 * @param tenantsClaim the claim that lists the tenants the caller may answer for, {@code *} for all
 */
@Validated
@ConfigurationProperties("flotilla.security")
public record SecurityProperties(
        @NotNull @DefaultValue(".flotilla/keys/issuer.pub") Path publicKeyFile,

        @NotNull @DefaultValue(".flotilla/tokens/service.token")
        Path tokenFile,

        @NotNull @DefaultValue(".flotilla/tokens/service-to-agents.token")
        Path agentTokenFile,

        @NotBlank @DefaultValue(Audience.FLEET) String audience,

        @NotNull @DefaultValue(LocalIssuer.NAME) String issuer,
        @NotNull @DefaultValue("roles") String rolesClaim,
        @NotNull @DefaultValue("services") String servicesClaim,
        @NotNull @DefaultValue("machines") String machinesClaim,
        @NotNull @DefaultValue("tenants") String tenantsClaim) {}
