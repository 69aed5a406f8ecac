package dev.flotilla.standalone;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line that the services share, and what it means for one of them. */
record Arguments(List<String> all) {
    private static final String EMBEDDED_DATABASE = "--embedded-database";

    Arguments {
        all = List.copyOf(all);
    }

    boolean wantsDatabase() {
        return all.contains(EMBEDDED_DATABASE);
    }

    /** The value of {@code --name=value}. */
    Optional<String> value(String name) {
        String prefix = "--" + name + "=";
        return all.stream()
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .findFirst();
    }

    Arguments with(String name, String value) {
        List<String> more = new ArrayList<>(all);
        more.add("--" + name + "=" + value);
        return new Arguments(more);
    }

    /** All of them, and the port at which the others are told to look for this part. */
    String[] of(Part part) {
        List<String> own = new ArrayList<>(all);
        own.remove(EMBEDDED_DATABASE);
        value("flotilla.services." + part.folder())
                .map(address -> URI.create(address).getPort())
                .filter(port -> port > 0)
                .ifPresent(port -> own.add("--server.port=" + port));
        return own.toArray(String[]::new);
    }
}
