package dev.flotilla.console.page;

import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.console.deployments.DeploymentPanel;
import dev.flotilla.console.deployments.DeploymentPanels;
import dev.flotilla.console.deployments.PlanPanels;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.platform.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** A deployment: its panel alone for htmx, the page with it for everybody else. */
@Controller
class DeploymentController {
    private final DeploymentPanels panels;
    private final PlanPanels plans;
    private final PageModel pages;

    DeploymentController(DeploymentPanels panels, PlanPanels plans, PageModel pages) {
        this.panels = panels;
        this.plans = plans;
        this.pages = pages;
    }

    @GetMapping("/deployments/{id}")
    String deployment(
            @PathVariable @Pattern(regexp = OrchestratorApi.ID, message = OrchestratorApi.ID_ALLOWED) String id,
            @Valid Scope scope,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
            Model model) {
        Asked<DeploymentPanel> asked = panels.panel(id, scope);
        if (!fragment && asked instanceof Asked.Failed<DeploymentPanel>(String reason)) {
            model.addAttribute("detail", reason);
            return pages.page(model, scope, "Deployment " + id, "error");
        }
        model.addAttribute("deployment", found(id, asked));
        return fragment ? "deployment :: panel" : pages.page(model, scope, "Deployment " + id, "deployment");
    }

    @GetMapping("/deployments/{id}/facts")
    String facts(
            @PathVariable @Pattern(regexp = OrchestratorApi.ID, message = OrchestratorApi.ID_ALLOWED) String id,
            @Valid Scope scope,
            Model model) {
        model.addAttribute("deployment", found(id, panels.panel(id, scope)));
        return "deployment :: facts";
    }

    @GetMapping("/deployments/{id}/plan")
    String plan(
            @PathVariable @Pattern(regexp = OrchestratorApi.ID, message = OrchestratorApi.ID_ALLOWED) String id,
            Model model) {
        model.addAttribute("plan", plans.plan(id));
        return "plan :: plan";
    }

    private static DeploymentPanel found(String id, Asked<DeploymentPanel> asked) {
        return switch (asked) {
            case Asked.Answer<DeploymentPanel>(DeploymentPanel panel) -> panel;
            case Asked.Missing<DeploymentPanel>() ->
                throw ProblemException.notFound("id", id, "The orchestrator knows no deployment '" + id + "' (yet).");
            case Asked.Failed<DeploymentPanel>(String reason) ->
                throw ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, reason, List.of());
        };
    }
}
