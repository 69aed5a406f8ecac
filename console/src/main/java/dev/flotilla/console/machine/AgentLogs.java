package dev.flotilla.console.machine;

import dev.flotilla.api.agent.AgentApi;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.client.ServiceClients;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.ForAgents;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.security.TokenSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Reads the last lines that a service wrote from the agent of its machine, for people; with the console's token for agents, because a machine
 * must not get to see a person's.
 */
@Component
public class AgentLogs {
    private static final Logger log = LoggerFactory.getLogger(AgentLogs.class);
    private static final int LINES = 60;
    private static final int LONGEST = 2000;

    private final DeviceApi devices;
    private final RestClient.Builder builder;
    private final ServiceClients clients;
    private final TokenSource tokens;

    AgentLogs(DeviceApi devices, RestClient.Builder builder, ServiceClients clients, @ForAgents TokenSource tokens) {
        this.devices = devices;
        this.builder = builder;
        this.clients = clients;
        this.tokens = tokens;
    }

    /** The last lines, or why there are none. */
    public LogView read(String machine, String service) {
        if (!Caller.current().has(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.OPERATOR)) {
            return new LogView(service, "", "Your token does not permit reading this log.");
        }
        try {
            List<String> lines = agent(devices.machine(machine).address()).log(machine, service, LINES);
            return lines.isEmpty()
                    ? new LogView(service, "", "It has written nothing.")
                    : new LogView(service, lines.stream().map(AgentLogs::cut).collect(Collectors.joining("\n")), null);
        } catch (RemoteProblem e) {
            if (e.status() == HttpStatus.NOT_FOUND.value()) {
                return new LogView(service, "", service + " has no log on " + machine + ".");
            }
            return failed(machine, service, e);
        } catch (RemoteUnavailable e) {
            return failed(machine, service, e);
        }
    }

    private static String cut(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "\u2026";
    }

    private static LogView failed(String machine, String service, RuntimeException e) {
        log.warn("the log of {} on {} can't be read: {}", service, machine, e.getMessage());
        return new LogView(service, "", "The log can't be read now: " + e.getMessage());
    }

    private AgentApi agent(String address) {
        RestClient.Builder client = builder.clone().baseUrl(address);
        clients.configure(client, "the agent at " + address, tokens, CircuitBreaker.ofDefaults("agent"));
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
                .build()
                .createClient(AgentApi.class);
    }
}
