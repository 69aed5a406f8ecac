package dev.flotilla.upload.serving;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.FaultyStorage;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A disk that gives back other bytes than it was given. */
@UploadServiceTest
class DamageTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    DynamicStorage storage;

    @Value("${flotilla.upload.storage.folder}")
    Path folder;

    UploadClient owner;

    @BeforeEach
    void owner() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
    }

    @Test
    void aSmallPayloadThatIsDamagedIsAProblemThatSaysHowToMendIt() throws IOException {
        owner.upload("damaged", "1", "hello");
        damage("hello", "jello");

        assertThat(problem(owner.download("damaged", "1"), 500).detail())
                .contains("damaged", "upload the same bytes again");
    }

    @Test
    void aLargePayloadThatIsDamagedBreaksOffBeforeItsEnd() throws IOException {
        String text = "x".repeat(3_000_000);
        owner.upload("damaged", "2", text);
        damage(text, "y" + text.substring(1));

        assertThatThrownBy(() -> owner.download("damaged", "2")).hasMessageContaining("bytes received");
    }

    @Test
    void uploadingTheSameBytesAgainMendsThem() throws IOException {
        owner.upload("damaged", "3", "mended");
        damage("mended", "broken");

        assertThat(owner.upload("damaged", "3", "mended").statusCode()).isEqualTo(200);

        assertThat(text(owner.download("damaged", "3"))).isEqualTo("mended");
    }

    private void damage(String text, String other) throws IOException {
        String key = ((FaultyStorage) storage).key(text);
        Path file =
                folder.resolve(key.substring(0, 2)).resolve(key.substring(2, 4)).resolve(key);
        assertThat(file).hasContent(text);
        Files.writeString(file, other);
    }
}
