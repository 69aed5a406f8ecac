package dev.flotilla.upload.deletion;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.target.TargetApi;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.Digests;
import dev.flotilla.upload.FakeTargets;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@UploadServiceTest
class DeletionTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    DynamicStorage storage;

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
    void aDeletedVersionIsGoneWithItsBytes() throws IOException {
        owner.upload("old", "1", "old bytes");

        assertThat(owner.delete("old", "1").statusCode()).isEqualTo(204);

        problem(owner.get(UploadClient.path("old", "1")), 404, "version");
        problem(owner.download("old", "1"), 404, "version");
        problem(owner.delete("old", "1"), 404, "version");
        assertThat(storage.open(Digests.sha256("old bytes"))).isEmpty();
    }

    @Test
    void bytesThatAnotherVersionHasStay() {
        owner.upload("shared", "1", "shared bytes");
        owner.upload("shared", "2", "shared bytes");

        owner.delete("shared", "1");

        assertThat(text(owner.download("shared", "2"))).isEqualTo("shared bytes");
    }

    @Test
    void itCanBeUploadedAgainThenEvenWithOtherBytes() {
        owner.upload("again", "d1", "one");
        owner.delete("again", "d1");

        assertThat(owner.upload("again", "d1", "two").statusCode()).isEqualTo(201);
        assertThat(text(owner.download("again", "d1"))).isEqualTo("two");
    }

    @Test
    void whatADeploymentTargetsStaysAndTheDeploymentsAreNamed() {
        owner.upload("used", "1", "used bytes");
        targets.target("used", "1", "d17", "d4");

        assertThat(problem(owner.delete("used", "1"), 409).detail()).contains("d17", "d4");

        assertThat(text(owner.download("used", "1"))).isEqualTo("used bytes");
        assertThat(text(owner.get("/v1/services/used/versions"))).contains("\"1\"");
        assertThat(owner.upload("used", "1", "used bytes").statusCode()).isEqualTo(200);
    }

    @Test
    void whenNobodyKnowsWhetherItIsTargetedItStays() {
        owner.upload("unknown", "1", "bytes");
        targets.beUnreachableFor("unknown", "1");

        assertThat(problem(owner.delete("unknown", "1"), 503).detail()).contains("target-service", "try again");
        assertThat(text(owner.download("unknown", "1"))).isEqualTo("bytes");

        targets.answerAgain("unknown", "1");
        assertThat(owner.delete("unknown", "1").statusCode()).isEqualTo(204);
    }

    @Test
    void whileItIsBeingDeletedItIsInvisibleAndItsNameIsTaken() {
        owner.upload("leaving", "1", "bytes");
        owner.upload("leaving", "2", "bytes");
        targets.whenAsked("leaving", "1", () -> {
            problem(owner.get(UploadClient.path("leaving", "1")), 404, "version");
            problem(owner.download("leaving", "1"), 404, "version");
            assertThat(text(owner.get("/v1/services/leaving/versions"))).doesNotContain("\"version\":\"1\"");
            assertThat(problem(owner.upload("leaving", "1", "bytes"), 409, "version")
                            .detail())
                    .contains("being deleted");
            assertThat(problem(owner.delete("leaving", "1"), 409).detail()).contains("being deleted");
        });

        assertThat(owner.delete("leaving", "1").statusCode()).isEqualTo(204);
        assertThat(text(owner.download("leaving", "2"))).isEqualTo("bytes");
    }
}
