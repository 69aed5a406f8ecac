package dev.flotilla.upload.receiving;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.FaultyStorage;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import dev.flotilla.upload.catalog.ContentLedger;
import dev.flotilla.upload.storage.DynamicStorage;
import dev.flotilla.upload.storage.StorageFullException;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@UploadServiceTest
class StorageFaultTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    DynamicStorage storage;

    @Autowired
    JdbcClient db;

    @Autowired
    ContentLedger ledger;

    UploadClient owner;

    @BeforeEach
    void owner() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
    }

    @Test
    void aFullDiskIsA507AndNothingIsStored() throws IOException {
        faults().beforeCommitOf("does not fit", () -> {
            throw new StorageFullException("full", new IOException("No space left on device"));
        });

        assertThat(problem(owner.upload("fault", "1", "does not fit"), 507).detail())
                .contains("full");

        nothingOf("1", "does not fit");
        assertThat(owner.upload("fault", "1", "does not fit").statusCode())
                .as("there is room again")
                .isEqualTo(201);
    }

    @Test
    void aBrokenDiskIsA500WithoutAStackTraceAndNothingIsStored() throws IOException {
        faults().beforeCommitOf("breaks", () -> {
            throw new IOException("Input/output error");
        });

        assertThat(text(owner.upload("fault", "2", "breaks"))).contains("500").doesNotContain("Exception");

        nothingOf("2", "breaks");
    }

    @Test
    void bytesThatStorageLostAreMissedAndCanBeUploadedAgain() throws IOException {
        owner.upload("fault", "5", "will be lost");
        storage.delete(faults().key("will be lost"));

        assertThat(problem(owner.download("fault", "5"), 500).detail()).contains("lost", "upload the same bytes again");

        assertThat(owner.upload("fault", "5", "will be lost").statusCode()).isEqualTo(200);
        assertThat(text(owner.download("fault", "5"))).isEqualTo("will be lost");
    }

    @Test
    void bytesThatStorageWouldNotDeleteAreDeletedByTheCleanUp() throws IOException {
        owner.upload("fault", "6", "stubborn");
        faults().beforeDeleteOf("stubborn", () -> {
            throw new IOException("Input/output error");
        });

        assertThat(owner.delete("fault", "6").statusCode()).isEqualTo(204);
        assertThat(faults().has("stubborn")).isTrue();

        ledger.removeUnused(Instant.now());
        assertThat(faults().has("stubborn")).isFalse();
    }

    private void nothingOf(String version, String bytes) throws IOException {
        problem(owner.get(UploadClient.path("fault", version)), 404);
        assertThat(faults().has(bytes)).isFalse();
        assertThat(db.sql("select count(*) from content where sha256 = sha256(?::bytea)")
                        .param(bytes)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private FaultyStorage faults() {
        return (FaultyStorage) storage;
    }
}
