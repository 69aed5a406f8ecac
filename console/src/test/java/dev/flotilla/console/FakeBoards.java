package dev.flotilla.console;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.api.policy.maintenance.Impact;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.lang.reflect.Proxy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;

/** What operators and tenants have to look at: a maintenance window, an override, work on six machines, a question to a tenant. */
final class FakeBoards {
    /** Whether device-manager does not answer questions about repairs. */
    static final AtomicBoolean AWAY = new AtomicBoolean();

    private FakeBoards() {}

    private static final Instant THEN = FakeWorld.THEN;

    private static <T> T fake(Class<T> api, BiFunction<String, Object[], Object> answers) {
        return api.cast(Proxy.newProxyInstance(
                api.getClassLoader(), new Class<?>[] {api}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "a fake " + api.getSimpleName();
                    default -> answers.apply(method.getName(), arguments);
                }));
    }

    static RulesApi rules() {
        Policy nights = new Policy(
                Selector.ofEnvironment("prod-west"),
                Effect.DEFER,
                null,
                new Schedule(
                        "Europe/Berlin",
                        List.of(Schedule.Window.daily("22:00", "04:00", DayOfWeek.MONDAY, DayOfWeek.TUESDAY)),
                        Schedule.When.OUTSIDE),
                "changes <at night> only",
                Instant.parse("2031-01-02T05:00:00Z"),
                null);
        PolicyOverride leak = new PolicyOverride(
                Selector.ofService("hello"), null, null, true, "a leak of keys", "ops", THEN.plusSeconds(3600));
        return fake(RulesApi.class, (method, arguments) -> switch (method) {
            case "policies" ->
                new Page<>(List.of(new Policy.Stored("nights", nights, 7, "olga", THEN, "olga", THEN)), null);
            case "overrides" ->
                new Page<>(List.of(new PolicyOverride.Stored("leak", leak, 8, "ann", THEN, "ann", THEN)), null);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    static RepairApi repairs() {
        List<Repair> all = new ArrayList<>();
        for (int i = 61; i <= 66; i++) {
            all.add(repair(i, RepairKind.DEPLOY, RepairState.ACTIVE, "d2~prod-west~web", "deployment d2"));
        }
        all.add(repair(90, RepairKind.REPAVE, RepairState.REQUESTED, "olga", "a new disk"));
        all.add(repair(5, RepairKind.REPAVE, RepairState.EXPIRED, "olga", "an old disk"));
        all.add(repair(5, RepairKind.DEPLOY, RepairState.DONE, "d1~prod-east~web", "deployment d1"));
        return fake(RepairApi.class, (method, arguments) -> {
            if (AWAY.get()) {
                throw new RemoteUnavailable("device-manager", "Connection refused", null);
            }
            return new Page<>(
                    all.stream()
                            .filter(each ->
                                    arguments[0] == null || each.machine().equals(arguments[0]))
                            .filter(each -> arguments[3] == null || each.state() == arguments[3])
                            .filter(each -> arguments[4] == null || each.kind() == arguments[4])
                            .toList(),
                    null);
        });
    }

    private static Repair repair(int number, RepairKind kind, RepairState state, String holder, String reason) {
        Instant at = state.ended() ? Instant.now().minusSeconds(3600) : THEN;
        return new Repair(
                "r" + number,
                "m" + number,
                "prod-west",
                "web",
                "fd1",
                kind,
                false,
                state,
                holder,
                kind == RepairKind.DEPLOY ? "hello" : null,
                reason,
                THEN,
                at,
                state.live() ? THEN.plusSeconds(600) : null,
                state.ended() ? at : null);
    }

    static HealthApi health() {
        MachineHealth failing = new MachineHealth(
                "m70", "prod-west", "web", "fd5", Health.FAILING, "the disk clicks", THEN, "olga", null, 1, null, null);
        return fake(HealthApi.class, (method, arguments) -> switch (method) {
            case "health" -> of(String.valueOf(arguments[0]), failing);
            default -> new Page<>(arguments[2] == Health.FAILING ? List.of(failing) : List.of(), null);
        });
    }

    private static MachineHealth of(String machine, MachineHealth failing) {
        return machine.equals(failing.machine())
                ? failing
                : new MachineHealth(
                        machine, "prod-east", "web", "fd1", Health.HEALTHY, null, null, null, null, 1, null, null);
    }

    static MaintenanceApi maintenance() {
        TenantSettings settings = new TenantSettings(
                TenantSettings.Asking.APPROVE, Duration.ofMinutes(15), TenantSettings.OnSilence.WAIT, Duration.ZERO, 2);
        MaintenanceDocument.Step step = new MaintenanceDocument.Step(
                1,
                StepKind.IMPACT_START,
                "fd5",
                List.of("m65", "m70"),
                MaintenanceDocument.StepState.WAITING,
                THEN,
                THEN.plusSeconds(900),
                THEN.plusSeconds(900),
                "ann",
                "the night run");
        MaintenanceDocument.Job job = new MaintenanceDocument.Job(
                "d2~prod-west~web",
                "d2",
                "d2~prod-west~web",
                "hello",
                "1.1.0",
                new Impact(Impact.Kind.RESTART, Duration.ofSeconds(30)),
                Map.of("fd5", step.machines()),
                MaintenanceDocument.State.PENDING,
                "it waits for the tenant",
                step,
                Duration.ZERO,
                THEN,
                THEN);
        return fake(MaintenanceApi.class, (method, arguments) -> switch (method) {
            case "tenants" -> new Page<>(List.of(new TenantSettings.Stored("acme", settings, "olga", THEN)), null);
            case "document" -> ResponseEntity.ok(new MaintenanceDocument("acme", 3, List.of(job), Map.of()));
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
