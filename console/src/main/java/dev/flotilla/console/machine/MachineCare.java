package dev.flotilla.console.machine;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a machine is, what is and was done to it, and what keeps changes away from it: by whom, since when, until when, why. */
@Component
class MachineCare {
    private static final int OPT_OUTS = 100;
    private static final int REPAIRS = 100;
    private static final int RECENT = 3;

    private final HealthApi health;
    private final RepairApi repairs;
    private final PolicyApi policy;
    private final Questions questions;

    MachineCare(HealthApi health, RepairApi repairs, PolicyApi policy, Questions questions) {
        this.health = health;
        this.repairs = repairs;
        this.policy = policy;
        this.questions = questions;
    }

    /**
     * Its health, the repairs of it that have not ended, and the last reboots and repaves that have.
     *
     * @param troubles takes what could not be asked
     */
    List<Fact> facts(String machine, List<String> troubles) {
        List<Fact> facts = new ArrayList<>();
        MachineHealth how = ask(troubles, "device-manager", "The health of " + machine, () -> health.health(machine));
        if (how != null) {
            facts.add(new Fact("Health", words(how)));
        }
        Page<Repair> found = ask(
                troubles,
                "device-manager",
                "The repairs of " + machine,
                () -> repairs.repairs(machine, null, null, null, null, REPAIRS, null));
        if (found != null) {
            Stream.concat(
                            found.items().stream().filter(repair -> repair.endedAt() == null),
                            found.items().stream()
                                    .filter(repair -> repair.endedAt() != null && repair.kind() != RepairKind.DEPLOY)
                                    .limit(RECENT))
                    .map(repair -> new Fact("Repair " + repair.id(), words(repair)))
                    .forEach(facts::add);
        }
        return facts;
    }

    private static String words(MachineHealth how) {
        return word(how.health())
                + at(" since ", how.since())
                + at(", until ", how.until())
                + (how.by() == null ? "" : ", by " + how.by())
                + (how.reason() == null ? "" : ": " + how.reason());
    }

    private static String words(Repair repair) {
        return (repair.forced() ? "forced " : "") + word(repair.kind())
                + (repair.service() == null ? "" : " of " + repair.service()) + ", " + word(repair.state()) + " since "
                + Times.at(repair.since())
                + (repair.endedAt() == null ? at(", until ", repair.leaseEnd()) : "") + ", by " + repair.holder() + ": "
                + repair.reason();
    }

    /** The opt-outs that hold it as it is, in words. */
    List<String> optOuts(String machine, List<String> troubles) {
        Page<OptOut.Stored> found = ask(
                troubles,
                "policy-engine",
                "Whether " + machine + " is opted out",
                () -> policy.optOuts(machine, OPT_OUTS, null));
        return found == null
                ? List.of()
                : Stream.concat(
                                found.items().stream().map(MachineCare::words),
                                found.nextCursor() == null
                                        ? Stream.empty()
                                        : Stream.of("More opt-outs hold it: ./flotilla opt-outs"))
                        .toList();
    }

    private static String words(OptOut.Stored stored) {
        OptOut optOut = stored.optOut();
        String machines = optOut.tenant() == null ? " on all machines" : " on all machines of " + optOut.tenant();
        return "Opted out"
                + (optOut.service() == null ? "" : " of " + optOut.service())
                + (optOut.machine() == null ? machines : "")
                + (optOut.until() == null ? "" : " until " + Times.at(optOut.until()))
                + " by " + stored.createdBy() + ": " + optOut.reason() + " (" + stored.name() + ")";
    }

    private <T> @Nullable T ask(List<String> troubles, String service, String what, Supplier<T> question) {
        Asked<T> asked = questions.ask(service, what, question);
        if (asked.failure() != null) {
            troubles.add(asked.failure());
        }
        return asked.orNull();
    }

    private static String at(String before, @Nullable Instant moment) {
        return moment == null ? "" : before + Times.at(moment);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
