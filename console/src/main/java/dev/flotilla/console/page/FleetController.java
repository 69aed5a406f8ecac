package dev.flotilla.console.page;

import dev.flotilla.console.fleet.Scope;
import jakarta.validation.Valid;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page itself. */
@Controller
class FleetController {
    private final PageModel pages;

    FleetController(PageModel pages) {
        this.pages = pages;
    }

    @GetMapping("/")
    String fleet(@Valid Scope scope, Model model) {
        return pages.page(model, scope, "Fleet", null);
    }
}
