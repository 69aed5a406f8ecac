package dev.flotilla.platform.problem;

import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The caller went away before its answer was written: nobody is left to answer, and nothing is wrong. */
final class ClientGone {
    private ClientGone() {}

    static boolean is(IOException exception) {
        return exception instanceof ClientAbortException || exception instanceof AsyncRequestNotUsableException;
    }
}
