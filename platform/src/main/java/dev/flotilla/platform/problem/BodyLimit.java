package dev.flotilla.platform.problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Refuses a body with 413 that is too large to be held in memory. What is streamed is not concerned. */
@RestControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {
    private static final long MOST_BYTES = 32L << 20;

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
        if (message.getHeaders().getContentLength() > MOST_BYTES) {
            throw tooLarge();
        }
        InputStream limited = new Limited(message.getBody());
        return new HttpInputMessage() {
            @Override
            public InputStream getBody() {
                return limited;
            }

            @Override
            public HttpHeaders getHeaders() {
                return message.getHeaders();
            }
        };
    }

    private static ProblemException tooLarge() {
        return ProblemException.tooLarge("The body has more than " + MOST_BYTES + " bytes: send it in several parts.");
    }

    private static final class Limited extends FilterInputStream {
        private long bytes;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            bytes += read;
            if (bytes > MOST_BYTES) {
                throw tooLarge();
            }
        }
    }
}
