package dev.flotilla.orchestrator.act;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.flotilla.orchestrator.consultation.Memory;
import dev.flotilla.orchestrator.rollout.Ticks;
import dev.flotilla.orchestrator.world.Wakes;
import dev.flotilla.platform.loop.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The task of db-scheduler: an instance for each rollout. Its lease says who looks; the epoch makes sure that nobody else acts. */
@Configuration(proxyBeanMethods = false)
class TickConfiguration {
    @Bean
    Task<Void> rolloutTask(RolloutTick tick, NextLook nextLook, Wakes wakes, InstantSource time, MeterRegistry meters) {
        Timer timer = Timer.builder("flotilla.tick")
                .description("looking at one rollout once")
                .register(meters);
        return Tasks.custom(Ticks.TASK, Void.class)
                .onFailure((failed, operations) -> operations.reschedule(failed, nextLook.afterFailure()))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    String rollout = instance.getId();
                    wakes.looking(rollout);
                    Instant begun = time.instant();
                    Instant rested = begun;
                    try {
                        RolloutTick.Next next = timer.record(() -> tick.look(rollout));
                        rested = nextLook.rested(begun);
                        return nextLook.after(rollout, next, rested);
                    } finally {
                        wakes.looked(rollout, rested);
                    }
                });
    }

    @Bean
    Memory memory(TickProperties properties) {
        return Memory.empty(properties.steady(), properties.trust());
    }

    @Bean
    Loop declareWaysBack(WayBack ways) {
        return new Loop("declaring ways back", Duration.ofSeconds(1), () -> ways.declare(Duration.ofMillis(500)));
    }
}
