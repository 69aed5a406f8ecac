package dev.flotilla.upload.receiving;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.Digests;
import dev.flotilla.upload.FaultyStorage;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uploads and deletions that meet at the worst moment, each moment brought about on purpose. */
@UploadServiceTest
class InterleavedUploadTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    DynamicStorage storage;

    @Autowired
    JdbcClient db;

    UploadClient owner;
    FaultyStorage moments;

    @BeforeEach
    void owner() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
        moments = (FaultyStorage) storage;
    }

    @Test
    void aVersionIsInvisibleUntilItsBytesAreDurable() {
        moments.beforeCommitOf("ordered", () -> problem(owner.get(UploadClient.path("meet", "0")), 404));

        assertThat(owner.upload("meet", "0", "ordered").statusCode()).isEqualTo(201);
    }

    @Test
    void ofTwoUploadsOfOneVersionTheSecondFindsTheFirst() throws IOException {
        moments.beforeCommitOf("second", () -> owner.upload("meet", "1", "first"));

        assertThat(problem(owner.upload("meet", "1", "second"), 409, "version").detail())
                .contains(Digests.sha256("first"), Digests.sha256("second"));

        assertThat(text(owner.download("meet", "1"))).isEqualTo("first");
        assertThat(moments.has("second")).as("the loser's bytes").isFalse();
    }

    @Test
    void ofTwoUploadsOfTheSameBytesTheSecondIsTheSame() {
        moments.beforeCommitOf("both", () -> owner.upload("meet", "2", "both"));

        assertThat(owner.upload("meet", "2", "both").statusCode()).isEqualTo(200);
        assertThat(text(owner.download("meet", "2"))).isEqualTo("both");
    }

    @Test
    void bytesThatAnUploadIsAboutToCommitAreNotDeletedWithTheLastVersionThatHasThem() {
        moments.beforeCommitOf("about to commit", () -> uploadAndDelete("3", "about to commit"));

        assertThat(owner.upload("meet", "4", "about to commit").statusCode()).isEqualTo(201);
        assertThat(text(owner.download("meet", "4"))).isEqualTo("about to commit");
    }

    @Test
    void bytesThatAnUploadIsAboutToPublishAreNotDeletedWithTheLastVersionThatHasThem() {
        moments.afterCommitOf("about to publish", () -> uploadAndDelete("5", "about to publish"));

        assertThat(owner.upload("meet", "6", "about to publish").statusCode()).isEqualTo(201);
        assertThat(text(owner.download("meet", "6"))).isEqualTo("about to publish");
    }

    @Test
    void anUploadOfBytesThatAreJustBeingDeletedNeitherWaitsForThatNorLosesThem() throws IOException {
        owner.upload("meet", "7", "contested");
        String oldKey = moments.key("contested");
        moments.beforeDeleteOf("contested", () -> {
            assertThat(locksHeld()).as("locks while storage deletes").isZero();
            assertThat(owner.upload("meet", "8", "contested").statusCode()).isEqualTo(201);
        });

        assertThat(owner.delete("meet", "7").statusCode()).isEqualTo(204);

        assertThat(storage.open(oldKey)).isEmpty();
        assertThat(text(owner.download("meet", "8"))).isEqualTo("contested");
    }

    private void uploadAndDelete(String version, String bytes) {
        assertThat(owner.upload("meet", version, bytes).statusCode()).isEqualTo(201);
        assertThat(owner.delete("meet", version).statusCode()).isEqualTo(204);
    }

    private long locksHeld() {
        return db.sql("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and state like 'idle in transaction%'")
                .query(Long.class)
                .single();
    }
}
