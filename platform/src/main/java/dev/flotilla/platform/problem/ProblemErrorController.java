package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers with a problem where the web server gave up on a request on its own, as it does when a body breaks off. */
@Controller
class ProblemErrorController implements ErrorController {
    /** The request attribute with our own answer: the web server discards that when the body broke off while it was read. */
    static final String ANSWER = ProblemErrorController.class.getName() + ".answer";

    private final ProblemWriter writer;

    ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(ANSWER) instanceof Problem problem) {
            writer.write(response, problem.status(), String.valueOf(problem.detail()), problem.errors());
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String detail = switch (status) {
            case 400 -> "The request could not be read to its end: it was cut off, or is malformed";
            case 404 -> "There is nothing at this path; /v3/api-docs lists what there is";
            default -> "The request can't be served";
        };
        writer.write(response, status, detail, List.of());
    }
}
