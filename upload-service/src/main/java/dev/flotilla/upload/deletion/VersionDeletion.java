package dev.flotilla.upload.deletion;

import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.catalog.VersionCatalog;
import dev.flotilla.upload.catalog.Withdrawal;
import dev.flotilla.upload.catalog.Withdrawal.Deletion;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Deletes versions. The version is made invisible first and target-service asked then; target-service in its turn records a declaration first
 * and looks for the version then. So of a deletion and a declaration at the same time one sees the other.
 */
@Component
public class VersionDeletion {
    private static final Logger log = LoggerFactory.getLogger(VersionDeletion.class);
    private static final int MOST_NAMED = 20;
    private final VersionCatalog catalog;
    private final Withdrawal withdrawal;
    private final TargetApi targets;
    private final InstantSource clock;

    VersionDeletion(VersionCatalog catalog, Withdrawal withdrawal, TargetApi targets, InstantSource clock) {
        this.catalog = catalog;
        this.withdrawal = withdrawal;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * Deletes a visible version. False where there is none.
     *
     * @throws ProblemException 409 with the deployments that target it, 503 if target-service can't say: the version is there as
     *     before; 409 too while another request deletes it
     */
    public boolean delete(String service, String version) {
        Optional<Deletion> begun = withdrawal.begin(service, version, clock.instant());
        begun.ifPresent(this::carryOn);
        if (begun.isEmpty() && catalog.entry(service, version).isPresent()) {
            throw ProblemException.conflict("Version " + version + " of " + service + " is being deleted already");
        }
        return begun.isPresent();
    }

    /** Brings a begun deletion to its end: the version is gone, or back with the reason thrown. */
    void carryOn(Deletion deletion) {
        Version version = deletion.version();
        List<DeploymentSummary> targeting;
        try {
            targeting = targets.targeting(version.service(), version.version()).items();
        } catch (RemoteUnavailable | RemoteProblem e) {
            withdrawal.restore(deletion);
            throw undecided(version, e);
        } catch (RuntimeException e) {
            withdrawal.restore(deletion);
            throw e;
        }
        if (!targeting.isEmpty()) {
            withdrawal.restore(deletion);
            throw targeted(version, targeting);
        }
        if (!withdrawal.complete(deletion)) {
            throw ProblemException.conflict(
                    name(version) + " was being deleted by another request too; see whether it is gone");
        }
        log.info(
                "deleted {} {}, SHA-256 {}",
                version.service(),
                version.version(),
                version.payload().sha256());
    }

    private static ProblemException targeted(Version version, List<DeploymentSummary> targeting) {
        String ids =
                targeting.stream().limit(MOST_NAMED).map(DeploymentSummary::id).collect(Collectors.joining(", "));
        String more = targeting.size() > MOST_NAMED ? " and more" : "";
        return ProblemException.conflict(name(version) + " is targeted by the deployments " + ids + more
                + "; deploy another version to their machines first");
    }

    private static ProblemException undecided(Version version, RuntimeException cause) {
        return ProblemException.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                name(version) + " was not deleted: whether a deployment targets it is not known, because "
                        + cause.getMessage() + "; try again",
                List.of());
    }

    private static String name(Version version) {
        return "Version " + version.version() + " of " + version.service();
    }
}
