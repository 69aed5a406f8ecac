package dev.flotilla.console.session;

import dev.flotilla.platform.security.CallerAuthentication;
import dev.flotilla.platform.security.FileTokenSource;
import dev.flotilla.platform.security.SecurityProperties;
import dev.flotilla.platform.security.TokenSource;
import java.time.InstantSource;
import org.springframework.context.annotation.Primary;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The token with which the console calls the other services: the viewer's own while it answers a request, so that nobody gets more from the
 * console than from the services themselves. What all viewers see the same way, the grid and the progress, is followed with the console's token.
 */
@Primary
@Component
class ViewersToken implements TokenSource {
    private final TokenSource own;

    ViewersToken(SecurityProperties properties, InstantSource clock) {
        this.own = new FileTokenSource(properties.tokenFile(), clock);
    }

    @Override
    public String token() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication viewer
                ? viewer.token().getTokenValue()
                : own.token();
    }
}
