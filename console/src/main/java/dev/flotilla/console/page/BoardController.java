package dev.flotilla.console.page;

import dev.flotilla.console.board.Board;
import dev.flotilla.console.board.MaintenanceBoard;
import dev.flotilla.console.board.PolicyBoard;
import dev.flotilla.console.board.RepairBoard;
import dev.flotilla.platform.security.Caller;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** The boards: their tables alone for htmx, which asks again and again, a page with them for everybody else. */
@Controller
class BoardController {
    private final PolicyBoard policies;
    private final RepairBoard repairs;
    private final MaintenanceBoard maintenance;
    private final Webjars assets;

    BoardController(PolicyBoard policies, RepairBoard repairs, MaintenanceBoard maintenance, Webjars assets) {
        this.policies = policies;
        this.repairs = repairs;
        this.maintenance = maintenance;
        this.assets = assets;
    }

    @GetMapping("/policies")
    String policies(@RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment, Model model) {
        return show(policies.look(), fragment, model);
    }

    @GetMapping("/repairs")
    String repairs(@RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment, Model model) {
        return show(repairs.look(), fragment, model);
    }

    @GetMapping("/maintenance")
    String maintenance(@RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment, Model model) {
        return show(maintenance.look(), fragment, model);
    }

    private String show(Board board, boolean fragment, Model model) {
        model.addAttribute("board", board);
        model.addAttribute("title", board.title());
        model.addAttribute("caller", Caller.current().name());
        model.addAttribute("assets", assets);
        return fragment ? "board :: tables" : "board";
    }
}
