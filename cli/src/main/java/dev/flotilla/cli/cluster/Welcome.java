package dev.flotilla.cli.cluster;

import dev.flotilla.cli.remote.Tokens;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.platform.security.Role;
import dev.flotilla.standalone.Part;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a person wants to know once the cluster is up. */
final class Welcome {
    private static final Duration LINK_LIFE = Duration.ofHours(12);

    private Welcome() {}

    static String text(DataFolder data, StatusReport report) {
        String token = Tokens.issuer(data)
                .issue(
                        Tokens.user(),
                        Set.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER),
                        List.of("*"),
                        List.of(),
                        LINK_LIFE);
        URI console = report.parts().stream()
                .filter(line -> line.part().equals(Part.CONSOLE.folder()))
                .map(StatusReport.Line::address)
                .findFirst()
                .orElseThrow();
        return "The page:   " + console + "/login?token=" + token + "\n"
                + "A token:    ./flotilla token" + dataOption(data) + "\n"
                + "Next:       ./flotilla demo" + dataOption(data) + "   shows the whole path on these machines\n"
                + "            ./flotilla down" + dataOption(data) + "   stops it all and keeps the data";
    }

    /** The option that names this data folder, where it is not the usual one. */
    static String dataOption(DataFolder data) {
        boolean usual = data.root().endsWith(".flotilla")
                && data.root().getParent().toString().equals(System.getProperty("flotilla.home", ""));
        return usual ? "" : " --data " + data.root();
    }
}
