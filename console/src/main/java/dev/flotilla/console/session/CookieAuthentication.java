package dev.flotilla.console.session;

import dev.flotilla.platform.security.CallerAuthentication;
import dev.flotilla.platform.security.TokenAuthenticator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Knows a person by the cookie. It is a filter of its own, and not a source of bearer tokens, because Spring Security takes requests
 * with bearer tokens to be safe from forgery, which requests with cookies are not.
 */
final class CookieAuthentication extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(CookieAuthentication.class);

    private final TokenAuthenticator authenticator;

    CookieAuthentication(TokenAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = SessionCookie.read(request);
        if (token != null && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            try {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(authenticator.authenticate(new BearerTokenAuthenticationToken(token)));
                SecurityContextHolder.setContext(context);
            } catch (AuthenticationException e) {
                log.info("a session ended: {}", e.getMessage());
                response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.remove(request));
            }
        }
        chain.doFilter(request, response);
    }

    /** Who a token stands for; an {@link AuthenticationException} where it is not valid. */
    static CallerAuthentication verify(TokenAuthenticator authenticator, String token) {
        return (CallerAuthentication) authenticator.authenticate(new BearerTokenAuthenticationToken(token));
    }
}
