package dev.flotilla.console.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** The cookie that keeps a person's token in the browser: out of reach of scripts, and never sent from another site. */
final class SessionCookie {
    static final String NAME = "flotilla_token";

    private SessionCookie() {}

    static @Nullable String read(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        return cookie == null || cookie.getValue().isBlank() ? null : cookie.getValue();
    }

    /** The header value that sets it, for as long as the token is valid; {@code null} for until the browser ends. */
    static String set(HttpServletRequest request, String token, @Nullable Duration life) {
        ResponseCookie.ResponseCookieBuilder cookie = base(request, token);
        return (life == null ? cookie : cookie.maxAge(life)).build().toString();
    }

    /** The header value that removes it. */
    static String remove(HttpServletRequest request) {
        return base(request, "").maxAge(Duration.ZERO).build().toString();
    }

    private static ResponseCookie.ResponseCookieBuilder base(HttpServletRequest request, String value) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path("/");
    }
}
