package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that an operation does not declare with a 400 that names them and those that it knows: {@code ?limt=5} must not look
 * as if it had worked, nor may {@code ?limit=}, which would count as not given, or {@code ?limit=5&limit=6}, of which one would. A query that can't be decoded is refused as well. It looks at our own REST operations only; pages, metrics and documents take what they take, and so does an operation
 * that binds its query to an object.
 */
final class UnknownParameters implements HandlerInterceptor {
    private static final String OURS = "dev.flotilla.";
    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** By operation: the parameters that it declares, and whether each may be given more than once. */
    private final Map<Method, SortedMap<String, Boolean>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && handler instanceof HandlerMethod operation && isOurs(operation)) {
            SortedMap<String, Boolean> allowed =
                    known.computeIfAbsent(operation.getMethod(), method -> declared(operation));
            Map<String, List<String>> given = QueryString.parameters(query);
            Set<String> unknown = new LinkedHashSet<>(given.keySet());
            unknown.removeAll(allowed.keySet());
            if (!unknown.isEmpty()) {
                throw unknown(unknown, allowed.keySet());
            }
            refuse(
                    given,
                    (name, values) -> values.stream().anyMatch(String::isBlank),
                    "is given without a value: leave it out, or say which");
            refuse(
                    given,
                    (name, values) -> values.size() > 1 && Boolean.FALSE.equals(allowed.get(name)),
                    "is given more than once: say it once");
        }
        return true;
    }

    private static void refuse(
            Map<String, List<String>> given, BiPredicate<String, List<String>> wrong, String message) {
        Set<String> names = new LinkedHashSet<>(given.keySet());
        names.removeIf(name -> !wrong.test(name, given.getOrDefault(name, List.of())));
        if (!names.isEmpty()) {
            throw refusal(names, message);
        }
    }

    private static boolean isOurs(HandlerMethod operation) {
        Class<?> controller = operation.getBeanType();
        return controller.getName().startsWith(OURS)
                && AnnotatedElementUtils.hasAnnotation(controller, RestController.class)
                && Arrays.stream(operation.getMethodParameters()).noneMatch(UnknownParameters::isBoundObject);
    }

    private static boolean isBoundObject(MethodParameter parameter) {
        return parameter.getParameterType().isRecord() && !parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static SortedMap<String, Boolean> declared(HandlerMethod operation) {
        SortedMap<String, Boolean> names = new TreeMap<>();
        for (MethodParameter parameter : operation.getMethodParameters()) {
            RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                parameter.initParameterNameDiscovery(NAMES);
                names.put(
                        annotation.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : annotation.name(),
                        Collection.class.isAssignableFrom(parameter.getParameterType()));
            }
        }
        return names;
    }

    private static ProblemException unknown(Set<String> unknown, Set<String> allowed) {
        return refusal(
                unknown,
                allowed.isEmpty()
                        ? "is not known here, nor is any other query parameter"
                        : "is not known here; known query parameters are " + String.join(", ", allowed));
    }

    private static ProblemException refusal(Set<String> names, String message) {
        List<FieldError> errors = names.stream()
                .limit(20)
                .map(name -> new FieldError(QueryString.shown(name), message, null))
                .toList();
        return ProblemException.of(HttpStatus.BAD_REQUEST, errors.getFirst().field() + ": " + message, errors);
    }
}
