package dev.flotilla.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.standalone.Part;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    @Test
    void theEnvironmentGoesBeforeTheLocalCluster() {
        Endpoints endpoints = new Endpoints(
                Map.of("FLOTILLA_URL_UPLOAD_SERVICE", "https://upload.example.org/"),
                new ClusterOptions(100, 1000, false));
        assertThat(endpoints.of(Part.UPLOAD)).isEqualTo(URI.create("https://upload.example.org"));
        assertThat(endpoints.of(Part.REGISTRY)).isEqualTo(URI.create("http://127.0.0.1:9083"));
    }
}
