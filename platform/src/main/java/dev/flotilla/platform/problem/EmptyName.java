package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** What is wrong with {@code PUT /v1/opt-outs/}: not that nothing is there, but that it names nothing. */
final class EmptyName {
    private static final String ANY = "-";

    private EmptyName() {}

    /** The name that a request to our REST operations leaves empty at the end of its path; empty where that is not what is wrong with it. */
    static Optional<FieldError> in(HttpServletRequest request, RequestMappingHandlerMapping operations) {
        String path = request.getRequestURI();
        if (!path.endsWith("/")) {
            return Optional.empty();
        }
        PathContainer named = PathContainer.parsePath(path + ANY);
        return operations.getHandlerMethods().entrySet().stream()
                .filter(operation -> isOurs(operation.getValue()) && takes(operation.getKey(), request.getMethod()))
                .map(Map.Entry::getKey)
                .map(RequestMappingInfo::getPathPatternsCondition)
                .filter(Objects::nonNull)
                .flatMap(condition -> condition.getPatterns().stream())
                .map(pattern -> pattern.matchAndExtract(named))
                .filter(Objects::nonNull)
                .map(PathPattern.PathMatchInfo::getUriVariables)
                .flatMap(variables -> variables.entrySet().stream())
                .filter(variable -> variable.getValue().equals(ANY))
                .map(variable -> new FieldError(variable.getKey(), "must not be empty", ""))
                .findFirst();
    }

    private static boolean isOurs(HandlerMethod operation) {
        return operation.getBeanType().isAnnotationPresent(RestController.class);
    }

    private static boolean takes(RequestMappingInfo operation, String method) {
        return operation.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .anyMatch(method::equals);
    }
}
