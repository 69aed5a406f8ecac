package dev.flotilla.agent.web;

import dev.flotilla.agent.getandrun.GetAndRunSvc;
import dev.flotilla.agent.log.ServiceLog;
import dev.flotilla.agent.svcmgr.SvcMgr;
import dev.flotilla.api.agent.AgentApi;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AgentController implements AgentApi {
    private static final int MOST_LINES = 10_000;

    private final SvcMgr services;
    private final GetAndRunSvc orders;

    AgentController(SvcMgr services, GetAndRunSvc orders) {
        this.services = services;
        this.orders = orders;
    }

    @Override
    @ResponseStatus(HttpStatus.ACCEPTED)
    public OrderReceipt runIt(String machine, SignedOrder order) {
        Caller.current().require(Role.SERVICE);
        requireCarried(machine);
        return orders.accept(machine, order);
    }

    @Override
    public List<String> machines() {
        return services.machines();
    }

    @Override
    public MachineReport machine(String machine) {
        MachineReport report = services.report(machine);
        if (report == null) {
            throw notCarried(machine);
        }
        return report;
    }

    @Override
    public List<String> log(String machine, String service, int lines) {
        Caller.current().require(Role.SERVICE);
        requireCarried(machine);
        if (lines < 1 || lines > MOST_LINES) {
            throw ProblemException.badRequest("lines", "must be from 1 to " + MOST_LINES, lines);
        }
        ServiceLog log = services.log(machine, service)
                .orElseThrow(() -> ProblemException.notFound(
                        "service", service, "Service " + service + " never ran on machine " + machine));
        try {
            return log.tail(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireCarried(String machine) {
        if (!services.carries(machine)) {
            throw notCarried(machine);
        }
    }

    private static ProblemException notCarried(String machine) {
        return ProblemException.notFound("machine", machine, "This agent does not carry machine " + machine);
    }
}
