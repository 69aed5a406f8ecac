package dev.flotilla.orchestrator.act;

import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Asks all who have a say about the machines whose turn has come: policies first, then tenants, then device-manager. Everybody is asked anew at
 * each look before a machine is ordered; repairs that are only held on to are renewed in time.
 */
@Component
class Consents {
    private final PolicyAnswers policies;
    private final TenantQuestions tenants;
    private final RepairClaims repairs;
    private final Rollouts rollouts;

    Consents(PolicyAnswers policies, TenantQuestions tenants, RepairClaims repairs, Rollouts rollouts) {
        this.policies = policies;
        this.tenants = tenants;
        this.repairs = repairs;
        this.rollouts = rollouts;
    }

    /**
     * Asks until the decision needs no further answer. Who gives none becomes an obstacle in the view.
     *
     * @param overtaken true where the last decision about the rollout was not written, and may have claimed machines that no book names
     */
    Consultation ask(Observation observed, boolean overtaken, Instant now) {
        Consultation consultation = new Consultation(observed, now, policies);
        while (consultation.policies() || consultation.elsewhere(rollouts) || consultation.claims(tenants, repairs)) {
            consultation.decide();
        }
        consultation.strays(overtaken, repairs);
        consultation.remember();
        return consultation;
    }

    void forget(String rollout) {
        policies.forget(rollout);
        repairs.forget(rollout);
    }
}
