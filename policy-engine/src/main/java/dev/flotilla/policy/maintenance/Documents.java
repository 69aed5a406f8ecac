package dev.flotilla.policy.maintenance;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.policy.maintenance.decision.Delay;
import dev.flotilla.policy.maintenance.decision.Job;
import dev.flotilla.policy.maintenance.decision.Step;
import dev.flotilla.policy.maintenance.decision.TenantState;
import dev.flotilla.policy.maintenance.decision.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a tenant sees of its state. */
final class Documents {
    private Documents() {}

    static MaintenanceDocument of(String tenant, TenantState state, Terms terms) {
        SortedMap<String, List<String>> anyOf = state.jobs().values().stream()
                .filter(job -> job.work().anyOf() != null)
                .collect(Collectors.groupingBy(
                        job -> String.valueOf(job.work().anyOf()),
                        TreeMap::new,
                        Collectors.mapping(Job::id, Collectors.toList())));
        return new MaintenanceDocument(
                tenant,
                state.incarnation(),
                state.jobs().values().stream().map(job -> job(job, terms)).toList(),
                anyOf);
    }

    private static MaintenanceDocument.Job job(Job job, Terms terms) {
        Map<String, List<String>> faultDomains = job.work().faultDomains();
        Duration left = terms.delayAllowance().minus(job.delayed());
        return new MaintenanceDocument.Job(
                job.id(),
                job.work().deployment(),
                job.work().rollout(),
                job.work().service(),
                job.work().version(),
                job.work().impact(),
                faultDomains,
                job.state(),
                job.reason(),
                step(job.step(), job),
                left.isNegative() ? Duration.ZERO : left,
                job.createdAt(),
                job.changedAt());
    }

    static MaintenanceDocument.@Nullable Step step(@Nullable Step step, Job job) {
        Delay delay = step == null ? null : step.delay();
        return step == null
                ? null
                : new MaintenanceDocument.Step(
                        step.ordinal(),
                        step.kind(),
                        step.faultDomain(),
                        job.work().faultDomains().getOrDefault(step.faultDomain(), List.of()),
                        step.state(),
                        step.since(),
                        step.deadline(),
                        delay == null ? null : delay.until(),
                        delay == null ? null : delay.by(),
                        delay == null ? null : delay.reason());
    }
}
