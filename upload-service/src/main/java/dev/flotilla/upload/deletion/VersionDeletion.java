package dev.flotilla.upload.deletion;

import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.catalog.CatalogEntry;
import dev.flotilla.upload.catalog.VersionCatalog;
import dev.flotilla.upload.catalog.Withdrawal;
import dev.flotilla.upload.catalog.Withdrawal.Deletion;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Deletes versions. The version is made invisible first; then target-service and version-registry-service are asked who needs it.
 * Target-service in its turn records a declaration first and looks for the version then: so of a deletion and a declaration at the same
 * time one sees the other. An agent reports what it fetched after the bytes were hidden from it: a machine that was fetching just before
 * may report a version that is deleted. Its name is never given to other bytes, so that machine runs what was uploaded all the same.
 */
@Component
public class VersionDeletion {
    private static final Logger log = LoggerFactory.getLogger(VersionDeletion.class);

    private final VersionCatalog catalog;
    private final Withdrawal withdrawal;
    private final VersionUse use;
    private final InstantSource clock;

    VersionDeletion(VersionCatalog catalog, Withdrawal withdrawal, VersionUse use, InstantSource clock) {
        this.catalog = catalog;
        this.withdrawal = withdrawal;
        this.use = use;
        this.clock = clock;
    }

    /**
     * Deletes a visible version. False where there is none.
     *
     * @param caller who deletes it
     * @throws ProblemException 409 with the deployments that target it or the machines that have it, 503 if that is not known: the
     *     version is there as before; 409 too while another request deletes it
     */
    public boolean delete(String service, String version, String caller) {
        Optional<Deletion> begun = withdrawal.begin(service, version, caller, clock.instant());
        begun.ifPresent(this::carryOn);
        if (begun.isEmpty()
                && catalog.entry(service, version)
                        .filter(entry -> entry.state() != CatalogEntry.State.DELETED)
                        .isPresent()) {
            throw ProblemException.conflict("Version " + version + " of " + service + " is being deleted already");
        }
        return begun.isPresent();
    }

    /** Brings a begun deletion to its end: the version is deleted, or back with the reason thrown. */
    void carryOn(Deletion deletion) {
        Version version = deletion.version();
        try {
            use.requireNone(version);
        } catch (RemoteUnavailable | RemoteProblem e) {
            withdrawal.restore(deletion);
            throw undecided(version, e);
        } catch (RuntimeException e) {
            withdrawal.restore(deletion);
            throw e;
        }
        if (!withdrawal.complete(deletion, clock.instant())) {
            throw ProblemException.conflict(
                    name(version) + " was being deleted by another request too; see whether it is gone");
        }
        log.info(
                "deleted {} {}, SHA-256 {}",
                version.service(),
                version.version(),
                version.payload().sha256());
    }

    private static ProblemException undecided(Version version, RuntimeException cause) {
        return ProblemException.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                name(version)
                        + " was not deleted: whether a deployment targets it or a machine has it is not known, because "
                        + cause.getMessage() + "; try again",
                List.of());
    }

    static String name(Version version) {
        return "Version " + version.version() + " of " + version.service();
    }
}
