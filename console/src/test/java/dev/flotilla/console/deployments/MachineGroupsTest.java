package dev.flotilla.console.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.console.deployments.DeploymentPanel.MachineGroup;
import dev.flotilla.console.deployments.DeploymentPanel.MachineLink;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineGroupsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void machinesThatWaitForTheSameAreOneItemWithALinkToEach() {
        List<MachineGroup> groups = MachineGroups.of(
                List.of(
                        waiting("m1", "the peak", "peak", NOON.plusSeconds(9)),
                        waiting("m2", "the peak", "peak", NOON),
                        waiting("m3", "fd1 comes first", "fault-domain", NOON)),
                "?service=shop");
        assertThat(groups)
                .extracting(MachineGroup::reason, MachineGroup::grounds)
                .containsExactly(
                        tuple("the peak", "Rule peak, since 22 Nov 12:00:00 UTC"),
                        tuple("fd1 comes first", "Rule fault-domain, since 22 Nov 12:00:00 UTC"));
        assertThat(groups.getFirst().machines())
                .containsExactly(
                        new MachineLink("m1", "/machines/m1?service=shop"),
                        new MachineLink("m2", "/machines/m2?service=shop"));
    }

    private static MachineProgress waiting(String name, String reason, String rule, Instant since) {
        return new MachineProgress(
                name,
                "d3~prod~web",
                "fd1",
                MachinePhase.WAITING,
                reason,
                rule,
                since,
                null,
                null,
                "it ends",
                null,
                null,
                null,
                0);
    }
}
