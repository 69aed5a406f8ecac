package dev.flotilla.registry.report;

import dev.flotilla.platform.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Stops reading a body that is larger than any report may be, whatever its headers say. */
@ControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {
    private final DataSize most;

    BodyLimit(ReportProperties properties) {
        this.most = properties.mostBytes();
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        if (message.getHeaders().getContentLength() > most.toBytes()) {
            throw tooLarge();
        }
        return new LimitedMessage(message.getHeaders(), new LimitedStream(message.getBody()));
    }

    private ProblemException tooLarge() {
        return ProblemException.tooLarge(
                "The body is larger than " + most.toMegabytes() + " MB: send the machines in several requests");
    }

    private record LimitedMessage(HttpHeaders headers, InputStream body) implements HttpInputMessage {
        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }

    private final class LimitedStream extends FilterInputStream {
        private long left = most.toBytes();

        LimitedStream(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            return read < 0 ? read : counted(read, 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            return count < 0 ? count : counted(count, count);
        }

        private int counted(int result, int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
            return result;
        }
    }
}
