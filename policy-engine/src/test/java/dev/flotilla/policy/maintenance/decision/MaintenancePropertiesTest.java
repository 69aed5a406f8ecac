package dev.flotilla.policy.maintenance.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.policy.maintenance.decision.MaintenanceWorld.Protocol;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever tenants and rollouts do, in whatever order. A failure names its seed. */
class MaintenancePropertiesTest {
    private static final int WORLDS = Integer.getInteger("flotilla.worlds", 10_000);
    private static final int EVENTS = 80;

    @Test
    void nothingGoesAheadAgainstTheTenantsWordAndIncarnationsOnlyRise() {
        for (long seed = 0; seed < WORLDS; seed++) {
            String broken = new MaintenanceWorld(seed, terms -> new Maintenance(terms)::after).run(EVENTS);
            assertThat(broken).as("seed %d", seed).isNull();
        }
    }

    /** Each breaks one rule. */
    enum Broken implements Function<Terms, Protocol> {
        DEADLINES_PASS_EARLY {
            @Override
            public Protocol apply(Terms terms) {
                return new Maintenance(new Terms(
                        terms.asking(),
                        terms.deadline().minusMinutes(5),
                        terms.onSilence(),
                        terms.delayAllowance(),
                        terms.maxJobs(),
                        terms.expiry(),
                        terms.shown()))::after;
            }
        },
        SILENCE_IS_CONSENT {
            @Override
            public Protocol apply(Terms terms) {
                Maintenance real = new Maintenance(terms);
                return (state, event, now) -> {
                    Outcome outcome = real.after(state, event, now);
                    return with(outcome, acknowledgingSilence(outcome.state()), outcome.ruling());
                };
            }
        },
        WAITING_STEPS_GO_AHEAD {
            @Override
            public Protocol apply(Terms terms) {
                return ruling(terms, State.WAIT);
            }
        },
        ALERTS_ARE_IGNORED {
            @Override
            public Protocol apply(Terms terms) {
                return ruling(terms, State.STOP);
            }
        },
        OUTDATED_ANSWERS_ARE_TAKEN {
            @Override
            public Protocol apply(Terms terms) {
                Maintenance real = new Maintenance(terms);
                return (state, event, now) -> real.after(
                        state,
                        event instanceof Event.Answer answer
                                ? new Event.Answer(
                                        new MaintenanceAnswers(
                                                real.after(state, new Event.Tick(), now)
                                                        .state()
                                                        .incarnation(),
                                                answer.answers().answers()),
                                        answer.by())
                                : event,
                        now);
            }
        },
        INCARNATIONS_STAND_STILL {
            @Override
            public Protocol apply(Terms terms) {
                Maintenance real = new Maintenance(terms);
                return (state, event, now) -> {
                    Outcome outcome = real.after(state, event, now);
                    TenantState next = outcome.state();
                    return with(outcome, new TenantState(0, next.jobs(), next.queue(), next.halts()), outcome.ruling());
                };
            }
        };

        private static Protocol ruling(Terms terms, State ignored) {
            Maintenance real = new Maintenance(terms);
            return (state, event, now) -> {
                Outcome outcome = real.after(state, event, now);
                Outcome.Ruling ruling = outcome.ruling();
                return ruling != null && ruling.state() == ignored
                        ? with(
                                outcome,
                                outcome.state(),
                                new Outcome.Ruling(State.GO, ruling.reason(), null, null, null))
                        : outcome;
            };
        }

        private static Outcome with(Outcome outcome, TenantState state, Outcome.@Nullable Ruling ruling) {
            return new Outcome(state, ruling, outcome.refusal(), outcome.happened());
        }

        private static TenantState acknowledgingSilence(TenantState state) {
            TreeMap<String, Job> jobs = new TreeMap<>();
            state.jobs().forEach((id, job) -> {
                Step step = job.step();
                jobs.put(
                        id,
                        step != null && step.state() == StepState.TIMED_OUT
                                ? job.with(step.in(StepState.ACKNOWLEDGED))
                                : job);
            });
            return new TenantState(state.incarnation(), jobs, state.queue(), state.halts());
        }
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void aBrokenRuleIsCaught(Broken rule) {
        long caught = -1;
        for (long seed = 0; caught < 0 && seed < 500; seed++) {
            if (new MaintenanceWorld(seed, rule).run(EVENTS) != null) {
                caught = seed;
            }
        }
        assertThat(caught).as("the first seed that catches it").isNotNegative();
    }
}
