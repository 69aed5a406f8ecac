package dev.flotilla.upload.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.UploadServiceTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that go on sending what was refused. */
@UploadServiceTest
class RefusedBodyTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Test
    void whoDripsGetsTheAnswerAtOnceAndIsCutOffSoon() throws Exception {
        assertThat(send(new byte[1], Duration.ofMillis(100))).isBetween(5L, 200L);
    }

    @Test
    void whoSendsWithoutEndIsCutOffAfterSoManyBytes() throws Exception {
        assertThat(send(new byte[64 << 10], Duration.ZERO)).isBetween(640L, 2000L);
    }

    /** Sends pieces of a body without end and reads the refusal meanwhile. Answers how many pieces were sent until the connection broke. */
    private long send(byte[] piece, Duration pause) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("PUT /v1/services/refused/versions/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000000\r\nAuthorization: "
                                    + tokens.bearer(Role.VIEWER) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> sendUntilItBreaks(out, piece, pause));
            InputStream in = socket.getInputStream();
            socket.setSoTimeout(1500);
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
            return sent.get();
        }
    }

    private static long sendUntilItBreaks(OutputStream out, byte[] piece, Duration pause) {
        long pieces = 0;
        try {
            while (pieces < 10_000) {
                out.write(piece);
                pieces++;
                Thread.sleep(pause);
            }
        } catch (IOException e) {
            // The connection is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pieces;
    }
}
