package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A command of the tenant, run by {@code sh}. What it is about stands in its environment: {@code FLOTILLA_JOB}, {@code FLOTILLA_STEP},
 * {@code FLOTILLA_KIND}, {@code FLOTILLA_SERVICE}, {@code FLOTILLA_VERSION}, {@code FLOTILLA_FAULT_DOMAIN}, {@code FLOTILLA_MACHINES} (separated by
 * spaces) and {@code FLOTILLA_DEADLINE}.
 */
record LocalCommand(String line) {
    /** Runs it to its end. @return its exit code */
    int run(Job job, Step step) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "FLOTILLA_JOB", job.id(),
                        "FLOTILLA_STEP", String.valueOf(step.ordinal()),
                        "FLOTILLA_KIND", step.kind().name(),
                        "FLOTILLA_SERVICE", job.service(),
                        "FLOTILLA_VERSION", job.version(),
                        "FLOTILLA_FAULT_DOMAIN", step.faultDomain(),
                        "FLOTILLA_MACHINES", String.join(" ", step.machines()),
                        "FLOTILLA_DEADLINE", step.deadline().toString()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
