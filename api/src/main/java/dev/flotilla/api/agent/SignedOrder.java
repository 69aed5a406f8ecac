package dev.flotilla.api.agent;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * An {@link Order} as a JSON Web Signature in compact form (RFC 7515), signed with Ed25519 ({@code alg} EdDSA, RFC 8037) by the key
 * that the agent was installed with.
 */
public record SignedOrder(
        @NotNull @Size(min = 1, max = 16_384) String jws) {}
