package dev.flotilla.upload.receiving;

import dev.flotilla.upload.receiving.PayloadReceiver.Received;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts uploads by their result, and the bytes of those that were taken. */
@Component
class UploadMetrics {
    private final Counter created;
    private final Counter same;
    private final Counter conflict;
    private final Counter refused;
    private final Counter failed;
    private final Counter bytes;

    UploadMetrics(MeterRegistry registry) {
        created = uploads(registry, "created");
        same = uploads(registry, "same");
        conflict = uploads(registry, "conflict");
        refused = uploads(registry, "refused");
        failed = uploads(registry, "failed");
        bytes = Counter.builder("flotilla.upload.bytes")
                .description("Bytes of the uploads that were taken")
                .register(registry);
    }

    void received(Received received) {
        (received.created() ? created : same).increment();
        bytes.increment((double) received.version().payload().size());
    }

    void refused(HttpStatus status) {
        if (status.is5xxServerError()) {
            failed.increment();
        } else if (status == HttpStatus.CONFLICT) {
            conflict.increment();
        } else {
            refused.increment();
        }
    }

    void failed() {
        failed.increment();
    }

    private static Counter uploads(MeterRegistry registry, String result) {
        return Counter.builder("flotilla.uploads")
                .description("Uploads by their result")
                .tag("result", result)
                .register(registry);
    }
}
