package dev.flotilla.upload.deletion;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.FakeTargets;
import dev.flotilla.upload.FaultyStorage;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import dev.flotilla.upload.catalog.ContentLedger;
import dev.flotilla.upload.catalog.Withdrawal;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a process leaves behind that dies in the middle of something, and what becomes of it. */
@UploadServiceTest
class CleanUpTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    DynamicStorage storage;

    @Autowired
    ContentLedger ledger;

    @Autowired
    Withdrawal withdrawal;

    @Autowired
    VersionDeletion deletions;

    FakeTargets targets;
    UploadClient owner;

    @Autowired
    void targets(TargetApi targets) {
        this.targets = (FakeTargets) targets;
    }

    @BeforeEach
    void owner() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
    }

    @Test
    void bytesThatACrashLeftWithoutAVersionAreRemovedWhenTheirReservationHasRunOut() throws IOException {
        String key = crashBeforePublication("orphan");

        roundAt(Duration.ofMinutes(59));
        assertThat(storage.open(key))
                .as("its upload may still be alive")
                .isPresent()
                .get()
                .satisfies(c -> c.close());

        roundAt(Duration.ofMinutes(61));
        assertThat(storage.open(key)).isEmpty();
    }

    @Test
    void bytesThatACrashLeftServeTheNextUploadOfThem() throws IOException {
        crashBeforePublication("retried");

        assertThat(owner.upload("crashed", "1", "retried").statusCode()).isEqualTo(201);
        roundAt(Duration.ofHours(2));

        assertThat(text(owner.download("crashed", "1"))).isEqualTo("retried");
    }

    @Test
    void anUploadThatTakesLongerThanItsReservationIsNotPublishedWithoutItsBytes() throws IOException {
        storageFaults().beforeCommitOf("late", () -> roundAt(Duration.ofHours(2)));

        assertThat(problem(owner.upload("crashed", "2", "late"), 503).detail()).contains("upload it again");

        problem(owner.get(UploadClient.path("crashed", "2")), 404);
        assertThat(storageFaults().has("late")).as("its bytes").isFalse();
        assertThat(owner.upload("crashed", "2", "late").statusCode()).isEqualTo(201);
        assertThat(text(owner.download("crashed", "2"))).isEqualTo("late");
    }

    @Test
    void aDeletionThatACrashBrokeOffIsBroughtToItsEnd() {
        owner.upload("half", "1", "half deleted");
        assertThat(withdrawal.begin("half", "1", "tester", Instant.now())).isPresent();

        roundAt(Duration.ofMinutes(1));
        assertThat(problem(owner.delete("half", "1"), 409).detail())
                .as("it may still be alive")
                .contains("being deleted");

        roundAt(Duration.ofMinutes(3));
        assertThat(problem(owner.delete("half", "1"), 404, "version")).isNotNull();
    }

    @Test
    void aDeletionThatACrashBrokeOffIsUndoneWhenADeploymentTargetsTheVersion() {
        owner.upload("half", "2", "half deleted");
        assertThat(withdrawal.begin("half", "2", "tester", Instant.now())).isPresent();
        targets.target("half", "2", "d9");

        roundAt(Duration.ofMinutes(3));

        assertThat(text(owner.download("half", "2"))).isEqualTo("half deleted");
    }

    @Test
    void aSlowDeletionThatWasTakenOverDoesNothingMore() {
        owner.upload("half", "3", "half deleted");
        targets.whenAsked("half", "3", () -> {
            targets.answerAgain("half", "3");
            targets.target("half", "3", "d10");
            roundAt(Duration.ofMinutes(3));
            targets.target("half", "3");
        });

        problem(owner.delete("half", "3"), 409);

        assertThat(text(owner.download("half", "3"))).isEqualTo("half deleted");
    }

    /** An upload up to the point where its bytes are in storage and its version is not yet there. */
    private String crashBeforePublication(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (DynamicStorage.Writer writer = storage.writer()) {
            writer.write(bytes, 0, bytes.length);
            Payload payload = writer.finish();
            Instant now = Instant.now();
            String key =
                    ledger.reserve(payload, now, now.plus(Duration.ofHours(1))).key();
            writer.commit(key);
            return key;
        }
    }

    private FaultyStorage storageFaults() {
        return (FaultyStorage) storage;
    }

    private void roundAt(Duration later) {
        CleanUpProperties properties =
                new CleanUpProperties(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofDays(1));
        new CleanUp(
                        withdrawal,
                        deletions,
                        ledger,
                        storage,
                        properties,
                        () -> Instant.now().plus(later))
                .round();
    }
}
