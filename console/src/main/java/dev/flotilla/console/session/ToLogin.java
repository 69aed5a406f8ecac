package dev.flotilla.console.session;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Sends people who open a page without a valid token to the log-in page and back; everybody else gets a 401. */
final class ToLogin implements AuthenticationEntryPoint {
    private final AuthenticationEntryPoint unauthorized;

    ToLogin(AuthenticationEntryPoint unauthorized) {
        this.unauthorized = unauthorized;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, ServletException {
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", "/login");
            unauthorized.commence(request, response, e);
        } else if (opensPage(request)) {
            String query = request.getQueryString();
            String here = request.getRequestURI() + (query == null ? "" : "?" + query);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(
                    HttpHeaders.LOCATION,
                    here.equals("/") ? "/login" : "/login?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8));
        } else {
            unauthorized.commence(request, response, e);
        }
    }

    private static boolean opensPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return HttpMethod.GET.matches(request.getMethod())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && accept != null
                && accept.contains("text/html");
    }
}
