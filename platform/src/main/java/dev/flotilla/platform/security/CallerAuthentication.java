package dev.flotilla.platform.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** A verified token as Spring Security sees it. Immutable, and shared between requests with the same token. */
public final class CallerAuthentication extends AbstractAuthenticationToken {
    private final transient Caller caller;
    private final transient Jwt token;

    CallerAuthentication(Caller caller, Jwt token) {
        super(caller.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.claimValue()))
                .toList());
        this.caller = caller;
        this.token = token;
        super.setAuthenticated(true);
    }

    public Caller caller() {
        return caller;
    }

    public Jwt token() {
        return token;
    }

    @Override
    public Object getCredentials() {
        return token.getTokenValue();
    }

    @Override
    public Object getPrincipal() {
        return caller.name();
    }
}
