package dev.flotilla.target.declaration;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.Targets;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes a declaration: checks it against what the other services know, and stores it; all of it or nothing. */
@Component
class Declarer {
    private static final Logger log = LoggerFactory.getLogger(Declarer.class);
    /** Less than what is left of an announcement when it may be stored last. */
    private static final int SECONDS_TO_STORE = 20;

    private final TargetChecks checks;
    private final Announcements announcements;
    private final DeploymentLog deployments;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Counter declared;

    Declarer(
            TargetChecks checks,
            Announcements announcements,
            DeploymentLog deployments,
            TransactionTemplate transaction,
            InstantSource clock,
            MeterRegistry metrics) {
        this.checks = checks;
        this.announcements = announcements;
        this.deployments = deployments;
        this.transaction = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.transaction.setTimeout(SECONDS_TO_STORE);
        this.clock = clock;
        this.declared = metrics.counter("flotilla.deployments.declared");
    }

    /** What somebody wishes to run, and where. */
    record Wish(
            String service,
            String version,
            TargetList targets,
            RolloutOptions options,
            String declaredBy,
            @Nullable String reason,
            @Nullable String rollbackOf,
            @Nullable Long asOf) {}

    /**
     * Declares a deployment, or finds the one that says the same already. Problems: 422 for targets that are malformed, repeated or
     * unknown, or for a rollback of what is not there; 404 for a version that is unknown; 409 for one that was deleted meanwhile, and where
     * something newer than {@code asOf} names the same targets.
     */
    Deployment declare(Wish wish) {
        Checked checked = check(wish);
        UUID announcement = announcements.announce(checked.summary());
        try {
            if (!checks.payload(wish.service(), wish.version())
                    .equals(Optional.of(checked.summary().payload()))) {
                throw ProblemException.conflict("Version '%s' of '%s' was deleted while it was being declared."
                        .formatted(wish.version(), wish.service()));
            }
            return store(announcement, wish, checked.summary(), checked.groups());
        } catch (RuntimeException e) {
            takeBack(announcement, e);
            throw e;
        }
    }

    /** What {@link #declare} would answer now, with the same problems; nothing is declared. */
    Deployment preview(Wish wish) {
        Checked checked = check(wish);
        Targets targets = wish.targets().targets();
        DeploymentSummary there = deployments
                .same(checked.summary(), targets, checked.groups())
                .orElseGet(() -> {
                    requireNothingNewer(wish, checked.groups());
                    return checked.summary();
                });
        return DeploymentRows.whole(there, targets);
    }

    /**
     * A wish that can be.
     *
     * @param summary the deployment as it will be, but for its revision
     * @param groups those of the machines that are named one by one
     */
    private record Checked(DeploymentSummary summary, Set<MachineGroup> groups) {}

    private Checked check(Wish wish) {
        wish.targets().requireWellFormed();
        requireOfService(wish);
        Payload payload = checks.payload(wish.service(), wish.version()).orElseThrow(() -> unknownVersion(wish));
        return new Checked(summary(wish, payload), checks.requireKnown(wish.targets()));
    }

    private void takeBack(UUID announcement, RuntimeException why) {
        try {
            announcements.end(announcement);
        } catch (DataAccessException e) {
            why.addSuppressed(e);
        }
    }

    private Deployment store(UUID announcement, Wish wish, DeploymentSummary summary, Set<MachineGroup> groups) {
        Targets targets = wish.targets().targets();
        record Outcome(Deployment deployment, boolean fresh) {}
        Outcome outcome = Objects.requireNonNull(transaction.execute(status -> {
            deployments.lock();
            if (!announcements.end(announcement)) {
                throw ProblemException.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Checking the declaration took too long; nothing was declared. Try again shortly.",
                        List.of());
            }
            return deployments
                    .same(summary, targets, groups)
                    .map(same -> new Outcome(DeploymentRows.whole(same, targets), false))
                    .orElseGet(() -> {
                        requireNothingNewer(wish, groups);
                        return new Outcome(deployments.append(summary, targets), true);
                    });
        }));
        if (outcome.fresh()) {
            declared.increment();
            log.info(
                    "Deployment {}: {} {} to {} machines and {} groups, declared by {}",
                    outcome.deployment().id(),
                    summary.service(),
                    summary.version(),
                    summary.machines(),
                    summary.groups(),
                    summary.declaredBy());
        }
        return outcome.deployment();
    }

    private void requireOfService(Wish wish) {
        String taken = wish.rollbackOf();
        if (taken != null && !deployments.isOf(wish.service(), DeploymentRows.revision(taken))) {
            throw ProblemException.unprocessable(
                    "There is nothing to take back.",
                    List.of(ProblemException.error(
                            "rollbackOf", "must be a deployment of '" + wish.service() + "'", taken)));
        }
    }

    private void requireNothingNewer(Wish wish, Set<MachineGroup> groups) {
        if (wish.asOf() != null) {
            deployments
                    .newer(wish.service(), wish.asOf(), wish.targets().targets(), groups)
                    .ifPresent(newer -> {
                        throw ProblemException.conflict("The newer deployment " + newer
                                + " names some of these targets, or may: read it first, and declare again.");
                    });
        }
    }

    /** The deployment as it will be, but for its revision. */
    private DeploymentSummary summary(Wish wish, Payload payload) {
        return new DeploymentSummary(
                DeploymentRows.id(0),
                0,
                wish.service(),
                wish.version(),
                payload,
                wish.targets().machines().size(),
                wish.targets().groups().size(),
                wish.options().orDefaults(),
                wish.declaredBy(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                wish.reason(),
                wish.rollbackOf());
    }

    private static ProblemException unknownVersion(Wish wish) {
        return ProblemException.notFound(
                "version",
                wish.version(),
                "There is no version '%s' of the service '%s': upload it first."
                        .formatted(wish.version(), wish.service()));
    }
}
