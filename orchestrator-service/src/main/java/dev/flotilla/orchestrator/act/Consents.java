package dev.flotilla.orchestrator.act;

import dev.flotilla.orchestrator.consultation.Consultation;
import dev.flotilla.orchestrator.consultation.Memory;
import dev.flotilla.orchestrator.consultation.Question;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.OneLook;
import dev.flotilla.orchestrator.decision.Wish;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.Permits;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks all who have a say about the machines whose turn has come. Who gives no answer becomes an obstacle in the view. */
@Component
class Consents {
    private static final Logger log = LoggerFactory.getLogger(Consents.class);
    private final Memory memory;
    private final Permits permits;
    private final TenantQuestions tenants;
    private final RepairClaims repairs;
    private final Rollouts rollouts;
    private final InstantSource time;

    Consents(
            Memory memory,
            Permits permits,
            TenantQuestions tenants,
            RepairClaims repairs,
            Rollouts rollouts,
            InstantSource time) {
        this.memory = memory;
        this.permits = permits;
        this.tenants = tenants;
        this.repairs = repairs;
        this.rollouts = rollouts;
        this.time = time;
    }

    /** Asks until the decision needs no further answer. */
    Consultation ask(Observation observed, Instant now) {
        Consultation consultation = new Consultation(observed.view(), observed.orders(), memory, new OneLook(), now);
        Optional<Question> question = consultation.next();
        while (question.isPresent()) {
            switch (question.get()) {
                case Question.Policies of -> policies(observed, of.machines(), consultation);
                case Question.Elsewhere elsewhere -> consultation.elsewhere(rollouts.elsewhere(observed.rollout()));
                case Question.Tenants of -> tenants(observed, of.wishes(), consultation, now);
                case Question.Claims of -> claims(observed, of.wishes(), consultation);
                case Question.Limit limit -> consultation.limit(repairs.usedUp(observed.rollout()));
                case Question.Held held -> held(observed.rollout(), consultation);
            }
            question = consultation.next();
        }
        return consultation;
    }

    private void policies(Observation observed, List<String> machines, Consultation consultation) {
        try {
            consultation.permits(permits.ask(observed.rollout(), machines, observed.devices()));
        } catch (RuntimeException e) {
            consultation.noPermits(String.valueOf(e.getMessage()));
        }
    }

    private void tenants(Observation observed, List<Wish> wishes, Consultation consultation, Instant now) {
        try {
            Instant asked = observed.hasTenants() ? time.instant() : null;
            consultation.withheld(wishes, tenants.withheld(observed, wishes, now), asked);
        } catch (RuntimeException e) {
            unanswered(observed.rollout(), wishes, consultation, e);
        }
    }

    private void claims(Observation observed, List<Wish> wishes, Consultation consultation) {
        Rollout rollout = observed.rollout();
        try {
            consultation.claimed(repairs.ask(rollout, wishes), repairs.lease(rollout));
        } catch (RuntimeException e) {
            unanswered(rollout, wishes, consultation, e);
        }
    }

    private static void unanswered(Rollout rollout, List<Wish> wishes, Consultation consultation, RuntimeException e) {
        consultation.unanswered(wishes, String.valueOf(e.getMessage()));
        Obstacle obstacle = consultation.view().obstacles().getLast();
        boolean news = rollout.refusals().values().stream()
                .noneMatch(refusal -> refusal.reason().equals(obstacle.reason()));
        if (news) {
            log.warn("{}: {}", rollout.id(), obstacle.reason());
        }
    }

    private void held(Rollout rollout, Consultation consultation) {
        try {
            consultation.held(repairs.held(rollout));
        } catch (RuntimeException e) {
            log.warn("{}: what it holds in device-manager can't be read: {}", rollout.id(), e.toString());
            memory.overtaken().add(rollout.id());
        }
    }
}
