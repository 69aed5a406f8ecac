package dev.flotilla.console.page;

import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.live.PageViews;
import dev.flotilla.platform.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills in what the page template needs. */
@Component
class PageModel {
    private final PageViews views;
    private final Webjars assets;

    PageModel(PageViews views, Webjars assets) {
        this.views = views;
        this.assets = assets;
    }

    /**
     * The page with a panel.
     *
     * @param panel the template of the panel; null for none
     * @return the name of the page's template
     */
    String page(Model model, Scope scope, String title, @Nullable String panel) {
        model.addAttribute("title", title);
        model.addAttribute("page", views.view(scope));
        model.addAttribute("panel", panel);
        model.addAttribute("oob", null);
        model.addAttribute("caller", Caller.current().name());
        model.addAttribute("assets", assets);
        return "page";
    }
}
