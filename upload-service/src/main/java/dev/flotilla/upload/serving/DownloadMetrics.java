package dev.flotilla.upload.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts the bytes that go out. */
@Component
class DownloadMetrics {
    private final Counter bytes;
    private final Counter broken;

    DownloadMetrics(MeterRegistry registry) {
        bytes = Counter.builder("flotilla.download.bytes")
                .description("Bytes of payloads sent")
                .register(registry);
        broken = Counter.builder("flotilla.payloads.broken")
                .description("Downloads that found the stored bytes lost or damaged")
                .register(registry);
    }

    void count(long sent) {
        bytes.increment((double) sent);
    }

    void broken() {
        broken.increment();
    }
}
