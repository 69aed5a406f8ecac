package dev.flotilla.cli.token;

import dev.flotilla.cli.remote.Tokens;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.time.Durations;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** {@code token}. */
@Command(
        name = "token",
        description = {
            "Prints a token of the local cluster, and nothing else.",
            "",
            "For example: (umask 077; ./flotilla token --header > .flotilla/header)",
            "             curl -H @.flotilla/header http://127.0.0.1:8083/v1/machines"
        })
public final class TokenCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Option(
            names = "--role",
            paramLabel = "R",
            split = ",",
            converter = RoleName.class,
            description =
                    "viewer, publisher, deployer, operator, service, machine or tenant; several by commas or by repeating."
                            + " Default: viewer, publisher and deployer.")
    private List<Role> roles = List.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER);

    @Option(
            names = "--services",
            paramLabel = "S",
            split = ",",
            description = "The services it may act for. Default: all.")
    private List<String> services = List.of("*");

    @Option(
            names = "--machines",
            paramLabel = "M",
            split = ",",
            description = "The machines it may report for, such as m1..m100. Default: none.")
    private List<String> machines = List.of();

    @Option(
            names = "--tenants",
            paramLabel = "T",
            split = ",",
            description = "The tenants it answers for; its only role is tenant then. Default: none.")
    private List<String> tenants = List.of();

    @Option(
            names = "--audience",
            paramLabel = "A",
            defaultValue = Audience.FLEET,
            description = "Who accepts it: " + Audience.FLEET + ", the services; or " + Audience.AGENTS
                    + ", the agents. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String audience;

    @Option(
            names = "--header",
            description =
                    "Print it as a header, for curl -H @FILE: on a command line other users of this machine see it.")
    private boolean header;

    @Option(names = "--name", paramLabel = "NAME", description = "Whose token it is. Default: who runs this.")
    private @Nullable String name;

    @Option(
            names = "--life",
            paramLabel = "PERIOD",
            converter = Period.class,
            defaultValue = "12h",
            description = "How long it is valid, such as 30m. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration life;

    @Override
    public Integer call() {
        LocalIssuer issuer = Tokens.issuer(new DataFolder(session.data()));
        String whose = name == null ? Tokens.user() : name;
        String token = tenants.isEmpty()
                ? issuer.issueFor(audience, whose, EnumSet.copyOf(roles), services, machines, life)
                : issuer.issueForTenants(whose, tenants, life);
        session.output().verbatim(Map.of("token", token), header ? "Authorization: Bearer " + token : token);
        return 0;
    }

    /** A role by its name in any case. */
    static final class RoleName implements ITypeConverter<Role> {
        @Override
        public Role convert(String value) {
            return Arrays.stream(Role.values())
                    .filter(role -> role.claimValue().equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is no role; there are "
                            + Arrays.stream(Role.values()).map(Role::claimValue).collect(Collectors.joining(", "))));
        }
    }

    /** A duration above zero. */
    static final class Period implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                Duration period = Durations.parse(value);
                if (period.isPositive()) {
                    return period;
                }
                throw new TypeConversionException("'" + value + "' must be above zero");
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
