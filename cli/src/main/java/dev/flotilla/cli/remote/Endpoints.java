package dev.flotilla.cli.remote;

import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.standalone.Part;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the services are: what the environment says ({@code FLOTILLA_URL_UPLOAD_SERVICE} and the like), or else where the local
 * cluster has them.
 */
public record Endpoints(Map<String, String> environment, ClusterOptions local) {

    public static Endpoints of(DataFolder data) {
        ClusterOptions usual = new ClusterOptions(1, 0, false);
        return new Endpoints(
                System.getenv(),
                new StateFile(data).read().map(ClusterState::options).orElse(usual));
    }

    public URI of(Part part) {
        @Nullable String set = environment.get(variable(part));
        return set == null || set.isBlank()
                ? local.address(part)
                : URI.create(set.strip().replaceAll("/+$", ""));
    }

    static String variable(Part part) {
        return "FLOTILLA_URL_" + part.folder().toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
