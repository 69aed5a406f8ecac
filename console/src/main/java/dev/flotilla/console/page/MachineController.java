package dev.flotilla.console.page;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.machine.AgentLogs;
import dev.flotilla.console.machine.MachinePanel;
import dev.flotilla.console.machine.MachinePanels;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.platform.problem.ProblemException;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** A machine: its panel alone for htmx, the page with it for everybody else. */
@Controller
class MachineController {
    private final MachinePanels panels;
    private final AgentLogs logs;
    private final PageModel pages;

    MachineController(MachinePanels panels, AgentLogs logs, PageModel pages) {
        this.panels = panels;
        this.logs = logs;
        this.pages = pages;
    }

    @GetMapping("/machines/{machine}")
    String machine(
            @PathVariable @PlaceName String machine,
            @Valid Scope scope,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
            Model model) {
        model.addAttribute("machine", panel(machine, scope));
        return fragment ? "machine :: panel" : pages.page(model, scope, machine, "machine");
    }

    @GetMapping("/machines/{machine}/facts")
    String facts(@PathVariable @PlaceName String machine, @Valid Scope scope, Model model) {
        model.addAttribute("machine", panel(machine, scope));
        return "machine :: facts";
    }

    @GetMapping("/machines/{machine}/services/{service}/log")
    String log(@PathVariable @PlaceName String machine, @PathVariable @ServiceName String service, Model model) {
        model.addAttribute("log", logs.read(machine, service));
        return "log :: log";
    }

    private MachinePanel panel(String machine, Scope scope) {
        return switch (panels.panel(machine, scope)) {
            case Asked.Answer<MachinePanel>(MachinePanel panel) -> panel;
            case Asked.Missing<MachinePanel>() ->
                throw ProblemException.notFound("machine", machine, "There is no machine '" + machine + "'.");
            case Asked.Failed<MachinePanel>(String reason) ->
                throw ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, reason, List.of());
        };
    }
}
