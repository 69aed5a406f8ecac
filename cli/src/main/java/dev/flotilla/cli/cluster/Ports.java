package dev.flotilla.cli.cluster;

import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports that a cluster wants are free. */
final class Ports {
    private Ports() {}

    /** The taken ones, as {@code port 8081 (upload-service)}. */
    static List<String> taken(ClusterOptions options) {
        List<String> taken = new ArrayList<>();
        for (Part part : Part.values()) {
            int port = options.port(part);
            if (!free(port)) {
                taken.add("port " + port + " (" + part.folder() + ")");
            }
        }
        return taken;
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
