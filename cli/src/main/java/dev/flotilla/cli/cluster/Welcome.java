package dev.flotilla.cli.cluster;

import dev.flotilla.cli.remote.Tokens;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.platform.security.Role;
import dev.flotilla.standalone.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a person wants to know once the cluster is up. */
public final class Welcome {
    private static final Duration LINK_LIFE = Duration.ofHours(12);

    private Welcome() {}

    static String text(DataFolder data, ClusterOptions options) {
        String option = dataOption(data);
        return "The page:   " + page(data, options) + "\n"
                + "A token:    ./flotilla token" + option + "\n"
                + "Next:       ./flotilla demo" + option + "   shows the whole path on these machines\n"
                + "            ./flotilla down" + option + "   stops it all and keeps the data";
    }

    /** The address of the page, as a link that logs in. */
    public static String page(DataFolder data, ClusterOptions options) {
        String token = Tokens.issuer(data)
                .issue(
                        Tokens.user(),
                        Set.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER),
                        List.of("*"),
                        List.of(),
                        LINK_LIFE);
        return options.address(Part.CONSOLE) + "/login#token=" + token;
    }

    /** The option that names this data folder; empty for the usual one. */
    public static String dataOption(DataFolder data) {
        Path usual = Path.of(System.getProperty("flotilla.home", ""))
                .toAbsolutePath()
                .resolve(".flotilla");
        return data.root().equals(usual.normalize()) ? "" : " --data " + data.root();
    }
}
