package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.registry.RunningService;

/**
 * What the machines of a rollout shall run.
 *
 * @param deployment the deployment behind it
 * @param revision the deployment's revision
 * @param sha256 the digest of the version's bytes
 * @param size how many they are
 */
public record Goal(String deployment, long revision, String service, String version, String sha256, long size) {

    /** True where it is what runs, however well it runs. */
    boolean is(RunningService running) {
        return version.equals(running.version())
                && (running.sha256() == null || running.sha256().equals(sha256));
    }
}
