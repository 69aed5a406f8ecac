package dev.flotilla.console.page;

import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** What people see when something is wrong. Programs, which do not ask for HTML, get the problem of every Flotilla service. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorPages {
    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

    @ExceptionHandler(exception = Exception.class, produces = "text/html")
    ModelAndView page(Exception exception, HttpServletRequest request, HttpServletResponse response) {
        return switch (exception) {
            case ProblemException e -> page(e.status(), e.detail(), request, response);
            case RemoteUnavailable e -> failed(HttpStatus.SERVICE_UNAVAILABLE, e, request, response);
            case RemoteProblem e -> failed(HttpStatus.BAD_GATEWAY, e, request, response);
            case ErrorResponse e
            when e.getStatusCode().value() == HttpStatus.NOT_FOUND.value() ->
                page(HttpStatus.NOT_FOUND, "There is no such page.", request, response);
            case ErrorResponse e
            when e.getStatusCode().is4xxClientError() ->
                page(e.getStatusCode(), "The address is not one that this page understands.", request, response);
            default -> {
                log.error("{} {} failed unexpectedly", request.getMethod(), request.getRequestURI(), exception);
                yield page(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Something unexpected went wrong on our side; it is in the log of the console.",
                        request,
                        response);
            }
        };
    }

    private static ModelAndView failed(
            HttpStatus status, RuntimeException e, HttpServletRequest request, HttpServletResponse response) {
        log.warn("{} {} failed: {}", request.getMethod(), request.getRequestURI(), e.getMessage());
        String message = e.getMessage();
        return page(status, message == null ? "A service does not answer." : message, request, response);
    }

    private static ModelAndView page(
            HttpStatusCode status, String detail, HttpServletRequest request, HttpServletResponse response) {
        boolean fragment = request.getHeader("HX-Request") != null;
        ModelAndView page = new ModelAndView(fragment ? "error :: panel" : "error", status);
        if (fragment && status.is5xxServerError() && request.getRequestURI().endsWith("/facts")) {
            // What a panel shows stays, and goes on asking; the head of the page says which service does not answer.
            response.setHeader("HX-Reswap", "none");
        }
        HttpStatus known = HttpStatus.resolve(status.value());
        page.addObject("title", known == null ? "Error" : known.getReasonPhrase());
        page.addObject("detail", detail);
        return page;
    }
}
