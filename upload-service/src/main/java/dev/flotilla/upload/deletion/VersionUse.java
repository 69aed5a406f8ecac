package dev.flotilla.upload.deletion;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Asks the services that know whether a version is still needed. */
@Component
class VersionUse {
    private static final int MOST_DEPLOYMENTS_NAMED = 20;
    private static final int MOST_MACHINES_NAMED = 5;
    private static final int MOST_MACHINES_ASKED = 20;

    private final TargetApi targets;
    private final RegistryApi registry;

    VersionUse(TargetApi targets, RegistryApi registry) {
        this.targets = targets;
        this.registry = registry;
    }

    /**
     * Answers 409 where a deployment targets the version, or a machine has it that is not lost: what machines run can be newer or older
     * than what was declared last.
     */
    void requireNone(Version version) {
        List<DeploymentSummary> targeting =
                targets.targeting(version.service(), version.version()).items();
        if (!targeting.isEmpty()) {
            throw targeted(version, targeting);
        }
        long machines = registry.versions(version.service()).stream()
                .filter(count -> count.version().equals(version.version()))
                .mapToLong(VersionUse::heardOf)
                .sum();
        if (machines > 0) {
            throw running(version, machines);
        }
    }

    private static long heardOf(VersionCount count) {
        return count.machines() - count.lost();
    }

    private static ProblemException targeted(Version version, List<DeploymentSummary> targeting) {
        String ids = targeting.stream()
                .limit(MOST_DEPLOYMENTS_NAMED)
                .map(DeploymentSummary::id)
                .collect(Collectors.joining(", "));
        String more = targeting.size() > MOST_DEPLOYMENTS_NAMED ? " and more" : "";
        return ProblemException.conflict(VersionDeletion.name(version) + " is targeted by the deployments " + ids + more
                + "; deploy another version to their machines first");
    }

    private ProblemException running(Version version, long machines) {
        List<String> some =
                registry.machinesWith(version.service(), version.version(), MOST_MACHINES_ASKED, null).items().stream()
                        .map(RunningService::machine)
                        .filter(machine -> !registry.machine(machine).lost())
                        .limit(MOST_MACHINES_NAMED)
                        .toList();
        String more = some.size() < machines ? " and more" : "";
        String named = some.isEmpty() ? "" : " (" + String.join(", ", some) + more + ")";
        return ProblemException.conflict(VersionDeletion.name(version) + " is on "
                + (machines == 1 ? "1 machine" : machines + " machines") + named
                + "; deploy another version to them, and wait until they run it");
    }
}
