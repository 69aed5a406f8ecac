package dev.flotilla.console.live;

import dev.flotilla.console.fleet.FleetView;
import dev.flotilla.console.fleet.FleetView.FaultDomain;
import dev.flotilla.console.fleet.FleetView.Group;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Renders the parts of a page that differ from what a browser already shows, each to take the place of the part of the same id. */
@Component
class Fragments {
    private final ITemplateEngine templates;

    Fragments(ITemplateEngine templates) {
        this.templates = templates;
    }

    /**
     * The changed parts one after the other; empty where nothing changed.
     *
     * @param shown what the browser shows; null where that is not known
     */
    String difference(@Nullable PageView shown, PageView now) {
        StringBuilder html = new StringBuilder();
        if (shown == null || !shown.troubles().equals(now.troubles())) {
            html.append(render("parts/troubles", "troubles", now, null));
        }
        FleetView before = shown == null ? null : shown.fleet();
        if (before == null || !before.services().equals(now.fleet().services())) {
            html.append(render("parts/fleet", "services", now, null));
        }
        if (before == null || !headOf(before).equals(headOf(now.fleet()))) {
            html.append(render("parts/fleet", "legend", now, null));
        }
        if (before == null || !outline(before).equals(outline(now.fleet()))) {
            html.append(render("parts/fleet", "fleet", now, null));
        } else {
            changed(before, now.fleet())
                    .forEach(domain -> html.append(render("parts/fleet", "fault-domain", now, domain)));
        }
        if (shown == null || !shown.deployments().equals(now.deployments())) {
            html.append(render("parts/deployments", "deployments", now, null));
        }
        return html.toString();
    }

    /** The view without its machines. */
    private static FleetView headOf(FleetView view) {
        return new FleetView(
                view.service(),
                List.of(),
                view.crumbs(),
                view.machines(),
                view.legend(),
                List.of(),
                view.notice(),
                view.query());
    }

    /** Groups and fault domains with the numbers of their machines: while these stay, fault domains can be replaced one by one. */
    private static List<Object> outline(FleetView view) {
        return view.groups().stream()
                .<Object>map(group -> List.of(
                        group.id(),
                        group.region(),
                        group.href(),
                        group.faultDomains().stream()
                                .map(domain -> domain.id() + " " + domain.machines())
                                .toList()))
                .toList();
    }

    private static List<FaultDomain> changed(FleetView before, FleetView now) {
        List<FaultDomain> old = domains(before);
        List<FaultDomain> current = domains(now);
        return IntStream.range(0, current.size())
                .filter(i -> !current.get(i).equals(old.get(i)))
                .mapToObj(current::get)
                .toList();
    }

    private static List<FaultDomain> domains(FleetView view) {
        return view.groups().stream()
                .map(Group::faultDomains)
                .flatMap(List::stream)
                .toList();
    }

    private String render(String template, String fragment, PageView page, @Nullable FaultDomain domain) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("page", page);
        variables.put("oob", "true");
        if (domain != null) {
            variables.put("fd", domain);
        }
        return templates.process(template, Set.of(fragment), new Context(Locale.ENGLISH, variables));
    }
}
