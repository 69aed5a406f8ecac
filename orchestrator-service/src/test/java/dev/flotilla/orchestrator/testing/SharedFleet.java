package dev.flotilla.orchestrator.testing;

import static java.util.Objects.requireNonNull;

import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.platform.security.Role;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A fleet of quick machines and one orchestrator, for all tests of a class; each test has a machine function of its own. */
public final class SharedFleet implements BeforeAllCallback, AfterAllCallback {
    private final Consumer<Fleet> made;
    private final String[] arguments;
    private @Nullable Fleet fleet;
    private @Nullable ConfigurableApplicationContext instance;

    /** @param arguments further ones of the orchestrator */
    public SharedFleet(String... arguments) {
        this(fleet -> {}, arguments);
    }

    /** @param made what is to be done to the fleet before the orchestrator begins */
    public SharedFleet(Consumer<Fleet> made, String... arguments) {
        this.made = made;
        this.arguments = arguments.clone();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Fleet quick = new Fleet();
        quick.agents.fetch = Duration.ofMillis(20);
        quick.agents.stayUp = Duration.ofMillis(50);
        made.accept(quick);
        fleet = quick;
        String[] all = new String[arguments.length + 1];
        all[0] = "--flotilla.orchestrator.pace.grace=PT0S";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        instance = quick.start(all);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (fleet != null) {
            fleet.close();
        }
    }

    public Fleet fleet() {
        return requireNonNull(fleet);
    }

    /** The orchestrator. */
    public ConfigurableApplicationContext instance() {
        return requireNonNull(instance);
    }

    /** The orchestrator's API, for whoever only looks. */
    public OrchestratorApi viewer() {
        return fleet().client(instance(), Role.VIEWER);
    }

    /** The same, for whoever deploys a service. */
    public OrchestratorApi owner(String service) {
        return fleet().client(instance(), Role.DEPLOYER, service);
    }

    public Witness witness() {
        return new Witness(fleet(), viewer());
    }
}
