package dev.flotilla.upload.connection;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Stands before everything else: sends a refusal at once, reads on within bounds what is still coming, and closes what must be closed. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConnectionFilter implements Filter {
    private static final int BUFFER = 16 << 10;

    private final DrainProperties properties;

    ConnectionFilter(DrainProperties properties) {
        this.properties = properties;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        BodyRequest body = new BodyRequest((HttpServletRequest) request);
        chain.doFilter(body, response);
        if (Connections.isToBreakOff(body)) {
            throw new CloseNowException("the answer turned out wrong");
        }
        if (((HttpServletResponse) response).getStatus() >= 400 && body.isComing()) {
            response.flushBuffer();
            drain(request.getInputStream());
        }
    }

    private void drain(ServletInputStream in) throws CloseNowException {
        byte[] buffer = new byte[BUFFER];
        long left = properties.size().toBytes();
        long end = System.nanoTime() + properties.time().toNanos();
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0 || System.nanoTime() - end > 0) {
                    break;
                }
            }
            if (in.isFinished()) {
                return;
            }
        } catch (IOException e) {
            // It broke off: there is nobody to read for, or nothing more to come.
            return;
        }
        throw new CloseNowException("the body of a refused request did not end");
    }

    /** Remembers whether anybody asked for the body: a client that waits for {@code 100 Continue} does not send it before. */
    private static final class BodyRequest extends HttpServletRequestWrapper {
        private boolean asked;

        BodyRequest(HttpServletRequest request) {
            super(request);
        }

        boolean isComing() {
            boolean any = getContentLengthLong() > 0 || getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
            return any && (asked || getHeader(HttpHeaders.EXPECT) == null);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            asked = true;
            return super.getInputStream();
        }
    }
}
