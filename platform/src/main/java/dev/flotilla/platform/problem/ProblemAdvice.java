package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every exception that leaves a controller into a problem. A fault of ours is logged; it never shows a stack trace. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final RequestMappingHandlerMapping operations;

    ProblemAdvice(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping operations) {
        this.operations = operations;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> handle(Exception exception, HttpServletRequest request) {
        return switch (exception) {
            case ProblemException e -> answer(e.status(), e.detail(), e.errors(), request);
            case HandlerMethodValidationException e -> invalid(ValidationErrors.of(e), request);
            case MethodValidationException e -> invalid(ValidationErrors.of(e), request);
            case MethodArgumentNotValidException e -> invalid(ValidationErrors.of(e.getBindingResult()), request);
            case MethodArgumentTypeMismatchException e -> invalid(List.of(ValidationErrors.of(e)), request);
            case MissingServletRequestParameterException e ->
                invalid(List.of(new FieldError(e.getParameterName(), "is required", null)), request);
            case HttpMessageNotReadableException e -> invalid(List.of(UnreadableBody.explain(e)), request);
            case InvalidParameterException e ->
                answer(
                        HttpStatus.BAD_REQUEST,
                        "The query can't be decoded: its parameters must be percent-encoded UTF-8",
                        List.of(),
                        request);
            case NoResourceFoundException e ->
                EmptyName.in(request, operations)
                        .map(error -> invalid(List.of(error), request))
                        .orElseGet(() -> answer(
                                HttpStatus.NOT_FOUND,
                                "There is nothing at this path; /v3/api-docs lists what there is",
                                List.of(),
                                request));
            case HttpRequestMethodNotSupportedException e ->
                answer(
                        e.getStatusCode(),
                        "This path does not take " + e.getMethod() + ", but " + e.getSupportedHttpMethods(),
                        List.of(),
                        request,
                        e.getHeaders());
            case HttpMediaTypeException e ->
                answer(
                        ((ErrorResponse) e).getStatusCode(),
                        e.getMessage() + "; supported: " + e.getSupportedMediaTypes(),
                        List.of(),
                        request);
            case RemoteUnavailable e -> unavailable(e.getMessage(), request);
            case RemoteProblem e -> {
                log.warn("{} {} failed: {}", request.getMethod(), request.getRequestURI(), e.getMessage());
                yield answer(HttpStatus.BAD_GATEWAY, e.getMessage(), List.of(), request);
            }
            case DataAccessResourceFailureException e -> databaseAway(e, request);
            case TransientDataAccessException e -> databaseAway(e, request);
            case CannotCreateTransactionException e -> databaseAway(e, request);
            case ErrorResponse e ->
                answer(e.getStatusCode(), e.getBody().getDetail(), List.of(), request, e.getHeaders());
            case IOException e when ClientGone.is(e) -> null;
            default -> {
                log.error("{} {} failed unexpectedly", request.getMethod(), request.getRequestURI(), exception);
                yield answer(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Something unexpected went wrong on our side; it is in the log of this service",
                        List.of(),
                        request);
            }
        };
    }

    private static ResponseEntity<Problem> invalid(List<FieldError> errors, HttpServletRequest request) {
        FieldError first = errors.getFirst();
        String detail = first.field() + ": " + first.message()
                + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "");
        return answer(HttpStatus.BAD_REQUEST, detail, errors, request);
    }

    private static ResponseEntity<Problem> databaseAway(Exception e, HttpServletRequest request) {
        log.warn(
                "{} {}: the database does not answer: {}",
                request.getMethod(),
                request.getRequestURI(),
                e.getMessage());
        return unavailable("The database does not answer; try again shortly", request);
    }

    private static ResponseEntity<Problem> unavailable(@Nullable String detail, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "2");
        return answer(HttpStatus.SERVICE_UNAVAILABLE, detail, List.of(), request, headers);
    }

    private static ResponseEntity<Problem> answer(
            HttpStatusCode status, @Nullable String detail, List<FieldError> errors, HttpServletRequest request) {
        return answer(status, detail, errors, request, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Problem> answer(
            HttpStatusCode status,
            @Nullable String detail,
            List<FieldError> errors,
            HttpServletRequest request,
            HttpHeaders headers) {
        Problem problem = Problems.of(status.value(), detail, instance(request), errors);
        request.setAttribute(ProblemErrorController.ANSWER, problem);
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static URI instance(HttpServletRequest request) {
        String path = request.getRequestURI();
        return URI.create(path.length() > 300 ? path.substring(0, path.lastIndexOf('/', 300) + 1) : path);
    }
}
