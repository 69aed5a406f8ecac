package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Explains rollouts as a test says, and answers nothing else. */
final class FakeOrchestrator {
    final Map<String, RolloutExplanation> explanations = new ConcurrentHashMap<>();

    OrchestratorApi api() {
        return (OrchestratorApi) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {OrchestratorApi.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("explanation") && arguments.length == 1) {
                        return explanations.get((String) arguments[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
