package dev.flotilla.console.fleet;

import dev.flotilla.api.Names;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.device.Machine;
import jakarta.validation.constraints.Pattern;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * What a viewer looks at.
 *
 * @param service the service whose versions colour the grid; null for the console's choice
 * @param group the environment and machine function, joined by {@code ~}; null for all
 * @param faultDomain the fault domain within the group; null for all
 */
public record Scope(
        @Nullable @ServiceName String service,

        @Nullable
        @Pattern(
                regexp = Names.PLACE + "~" + Names.PLACE,
                message = "must be an environment and a machine function, joined by ~")
        String group,

        @BindParam("fd") @Nullable @PlaceName String faultDomain) {
    public static final Scope ALL = new Scope(null, null, null);

    public Scope {
        service = blankToNull(service);
        group = blankToNull(group);
        faultDomain = group == null ? null : blankToNull(faultDomain);
    }

    static String groupOf(Machine machine) {
        return machine.environment() + "~" + machine.machineFunction();
    }

    boolean covers(Machine machine) {
        return (group == null || group.equals(groupOf(machine)))
                && (faultDomain == null || faultDomain.equals(machine.faultDomain()));
    }

    /** The same place with another service. */
    public Scope withService(@Nullable String other) {
        return new Scope(other, group, faultDomain);
    }

    Scope within(@Nullable String otherGroup, @Nullable String otherFaultDomain) {
        return new Scope(service, otherGroup, otherFaultDomain);
    }

    /** The scope as the query of an address: empty, or beginning with a question mark. */
    public String query() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        add(query, "service", service);
        add(query, "group", group);
        add(query, "fd", faultDomain);
        return query.toString();
    }

    private static void add(StringJoiner query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
