package dev.flotilla.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void aLoggerBelongsToThePartWhosePackageItIsIn() {
        assertThat(Part.ofLogger("dev.flotilla.upload.UploadService")).isEqualTo(Part.UPLOAD);
        assertThat(Part.ofLogger("dev.flotilla.upload.storage.LocalDisk")).isEqualTo(Part.UPLOAD);
        assertThat(Part.ofLogger("dev.flotilla.uploads.Other")).isNull();
        assertThat(Part.ofLogger("dev.flotilla.platform.client.ServiceClients")).isNull();
    }

    @Test
    void theAgentIsNotAmongTheServices() {
        assertThat(Part.services()).hasSize(7).doesNotContain(Part.AGENT);
    }
}
