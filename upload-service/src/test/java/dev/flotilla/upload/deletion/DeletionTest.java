package dev.flotilla.upload.deletion;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.Digests;
import dev.flotilla.upload.FakeRegistry;
import dev.flotilla.upload.FakeTargets;
import dev.flotilla.upload.FaultyStorage;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import dev.flotilla.upload.receiving.ReprDigest;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.util.List;
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
    FakeRegistry registry;
    UploadClient owner;

    @Autowired
    void targets(TargetApi targets) {
        this.targets = (FakeTargets) targets;
    }

    @Autowired
    void registry(RegistryApi registry) {
        this.registry = (FakeRegistry) registry;
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
        assertThat(((FaultyStorage) storage).has("old bytes")).isFalse();
    }

    @Test
    void bytesThatAnotherVersionHasStay() {
        owner.upload("shared", "1", "shared bytes");
        owner.upload("shared", "2", "shared bytes");

        owner.delete("shared", "1");

        assertThat(text(owner.download("shared", "2"))).isEqualTo("shared bytes");
    }

    @Test
    void itsNameStaysTakenForItsBytesForEver() {
        owner.upload("again", "d1", "one");
        owner.delete("again", "d1");

        assertThat(problem(owner.upload("again", "d1", "two"), 409, "version").detail())
                .contains("before it was deleted", Digests.sha256("one"), Digests.sha256("two"));
        problem(owner.upload("again", "d1", "two", "Repr-Digest", ReprDigest.format(Digests.sha256("two"))), 409);
        problem(owner.download("again", "d1"), 404, "version");
    }

    @Test
    void theSameBytesBringItBack() {
        owner.upload("again", "d2", "one");
        owner.upload("again", "d3", "other");
        owner.delete("again", "d2");

        assertThat(owner.upload("again", "d2", "one").statusCode()).isEqualTo(201);

        assertThat(text(owner.download("again", "d2"))).isEqualTo("one");
        assertThat(UploadClient.versions(owner.get("/v1/services/again/versions"))
                        .items())
                .extracting(Version::version)
                .as("newest first")
                .startsWith("d2", "d3");
        problem(owner.get("/v1/services/again/deleted-versions/d2"), 404, "version");
        assertThat(owner.delete("again", "d2").statusCode()).isEqualTo(204);
    }

    @Test
    void deletedVersionsAreListedWithWhoAndWhen() {
        for (String version : List.of("1", "2", "3")) {
            owner.upload("gone", version, "bytes " + version);
        }
        owner.delete("gone", "3");
        owner.delete("gone", "1");

        assertThat(text(owner.get("/v1/services/gone/deleted-versions?limit=1")))
                .contains("\"version\":\"3\"", Digests.sha256("bytes 3"), "\"deletedBy\":\"tester\"", "\"deletedAt\":")
                .doesNotContain("\"nextCursor\":null");
        assertThat(text(owner.get("/v1/services/gone/deleted-versions"))).contains("\"3\"", "\"1\"");
        assertThat(text(owner.get("/v1/services/gone/deleted-versions/1"))).contains(Digests.sha256("bytes 1"));
        assertThat(problem(owner.get(UploadClient.path("gone", "1")), 404, "version")
                        .detail())
                .contains("tester deleted it");
        assertThat(text(owner.get("/v1/services"))).contains("{\"service\":\"gone\",\"versions\":1,");
    }

    @Test
    void whatMachinesRunStaysAndTheyAreCountedAndNamed() {
        owner.upload("running", "1", "bytes");
        registry.run("running", "1", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
        registry.lose("m2");

        assertThat(problem(owner.delete("running", "1"), 409).detail())
                .contains("on 6 machines (m1, m3, m4, m5, m6 and more)", "deploy another version to them");
        assertThat(text(owner.download("running", "1"))).isEqualTo("bytes");
    }

    @Test
    void machinesThatAreLostDoNotKeepAVersion() {
        owner.upload("running", "2", "bytes");
        registry.run("running", "2", "lost1");
        registry.lose("lost1");

        assertThat(owner.delete("running", "2").statusCode()).isEqualTo(204);
    }

    @Test
    void whenNobodyKnowsWhetherItRunsItStays() {
        owner.upload("running", "3", "bytes");
        registry.beUnreachableFor("running");

        assertThat(problem(owner.delete("running", "3"), 503).detail())
                .contains("version-registry-service", "try again");

        registry.answerAgain("running");
        assertThat(text(owner.download("running", "3"))).isEqualTo("bytes");
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
