package dev.flotilla.console.session;

import dev.flotilla.platform.security.CallerAuthentication;
import dev.flotilla.platform.security.TokenAuthenticator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Log-in with a token, and log-out. */
@Controller
class SessionController {
    private static final Logger log = LoggerFactory.getLogger(SessionController.class);

    private final TokenAuthenticator authenticator;
    private final InstantSource clock;

    SessionController(TokenAuthenticator authenticator, InstantSource clock) {
        this.authenticator = authenticator;
        this.clock = clock;
    }

    /**
     * The form. With {@code #token=...} in the address the page sends it off at once: a fragment stays in the browser, where a query would
     * stand in the logs of whatever is between.
     */
    @GetMapping("/login")
    String login(@RequestParam(required = false) @Nullable String next, Model model) {
        return form(model, next, null);
    }

    /** What the form sends. */
    @PostMapping("/login")
    String enter(
            @RequestParam(required = false, defaultValue = "") String token,
            @RequestParam(required = false) @Nullable String next,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            String pasted = token.strip();
            CallerAuthentication caller = CookieAuthentication.verify(authenticator, pasted);
            if (caller.caller().roles().isEmpty()) {
                return refused(model, next, "This token has no role: it takes viewer at least.", response);
            }
            Instant expires = caller.token().getExpiresAt();
            Duration life = expires == null ? null : Duration.between(clock.instant(), expires);
            response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.set(request, pasted, life));
            log.info("'{}' logged in", caller.caller().name());
            return "redirect:" + inside(next);
        } catch (AuthenticationException e) {
            log.info("a log-in was refused: {}", e.getMessage());
            return refused(model, next, "This token is not accepted: " + e.getMessage(), response);
        }
    }

    /** Forgets the token. It stays valid until it expires; the console keeps no list. */
    @PostMapping("/logout")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.SET_COOKIE, SessionCookie.remove(request))
                .header(HttpHeaders.LOCATION, "/login")
                .build();
    }

    /** 204 while the viewer's token is valid; the page asks when its connection broke. */
    @GetMapping("/session")
    ResponseEntity<Void> session() {
        return ResponseEntity.noContent().build();
    }

    private static String refused(Model model, @Nullable String next, String problem, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        return form(model, next, problem);
    }

    private static String form(Model model, @Nullable String next, @Nullable String problem) {
        model.addAttribute("next", inside(next));
        model.addAttribute("problem", problem);
        return "login";
    }

    /** Only addresses of this console: nobody is sent elsewhere after a log-in. */
    private static String inside(@Nullable String next) {
        return next != null && next.matches("/(?![/\\\\])[A-Za-z0-9/?&=._~%+-]*") && !next.startsWith("/login")
                ? next
                : "/";
    }
}
