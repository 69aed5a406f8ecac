package dev.flotilla.agent;

import dev.flotilla.agent.report.ChangeBell;
import dev.flotilla.agent.svcmgr.SupervisionListener;
import dev.flotilla.agent.svcmgr.SvcMgr;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what happens, and passes on what is to be reported. */
final class AgentMeters implements SupervisionListener {
    private final MeterRegistry registry;
    private final ChangeBell bell;
    private final Counter fetched;
    private final Counter restarts;

    AgentMeters(MeterRegistry registry, ChangeBell bell) {
        this.registry = registry;
        this.bell = bell;
        this.fetched = Counter.builder("flotilla.agent.fetched")
                .baseUnit("bytes")
                .description("Bytes of payloads that came in")
                .register(registry);
        this.restarts = Counter.builder("flotilla.agent.restarts")
                .description("Processes that ended by themselves and were started again")
                .register(registry);
        orders(OrderPhase.DONE);
        orders(OrderPhase.FETCHED);
        orders(OrderPhase.FAILED);
    }

    void watch(SvcMgr services) {
        for (RunState state : RunState.values()) {
            Gauge.builder("flotilla.agent.services", services, counted -> (double) counted.count(state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("Services on the machines carried here")
                    .strongReference(true)
                    .register(registry);
        }
    }

    void fetched(long bytes) {
        fetched.increment((double) bytes);
    }

    @Override
    public void changed(String machine) {
        bell.ring(machine);
    }

    @Override
    public void ended(OrderPhase phase) {
        orders(phase).increment();
    }

    @Override
    public void restarted() {
        restarts.increment();
    }

    private Counter orders(OrderPhase phase) {
        return Counter.builder("flotilla.agent.orders")
                .tag("result", phase.name().toLowerCase(Locale.ROOT))
                .description("Orders that came to their end")
                .register(registry);
    }
}
