package dev.flotilla.standalone;

import dev.flotilla.platform.service.FlotillaService;
import dev.flotilla.standalone.logging.ServiceDiscriminator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The contexts of several services in one process. They start and stop at the same time, not one after the other. */
final class Services {
    private final List<CompletableFuture<ConfigurableApplicationContext>> starting;

    private Services(List<CompletableFuture<ConfigurableApplicationContext>> starting) {
        this.starting = starting;
    }

    static Services start(List<Part> parts, Arguments arguments) {
        List<CompletableFuture<ConfigurableApplicationContext>> starting = new ArrayList<>();
        for (Part part : parts) {
            CompletableFuture<ConfigurableApplicationContext> context = new CompletableFuture<>();
            Thread.ofPlatform().name("start-" + part.folder()).start(() -> {
                ServiceDiscriminator.enter(part.folder());
                try {
                    context.complete(start(part, arguments));
                } catch (Throwable e) {
                    context.completeExceptionally(
                            new IllegalStateException(part.folder() + " could not be started", e));
                }
            });
            starting.add(context);
        }
        return new Services(starting);
    }

    private static ConfigurableApplicationContext start(Part part, Arguments arguments) throws ClassNotFoundException {
        SpringApplication application = FlotillaService.application(Class.forName(part.mainClass()), part.folder());
        application.setRegisterShutdownHook(false);
        return application.run(arguments.of(part));
    }

    /** Returns once all answer requests; throws as soon as one can't be started. */
    void awaitStart() throws InterruptedException, ExecutionException {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (CompletableFuture<ConfigurableApplicationContext> context : starting) {
            CompletableFuture<?> watched = context.whenComplete((started, e) -> {
                if (e != null) {
                    failure.completeExceptionally(e);
                }
            });
            all.add(watched);
        }
        CompletableFuture.anyOf(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)), failure)
                .get();
    }

    /** Closes those that have started, all at once, each with its grace for requests in flight. */
    void stop() throws InterruptedException {
        List<Thread> closing = starting.stream()
                .filter(context -> context.isDone() && !context.isCompletedExceptionally())
                .map(context -> Thread.ofPlatform().start(() -> context.join().close()))
                .toList();
        for (Thread thread : closing) {
            thread.join();
        }
    }
}
