package dev.flotilla.e2e;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Where a machine stands. */
record Place(String environment, String machineFunction, String faultDomain) {
    String group() {
        return environment + '~' + machineFunction;
    }

    /** All machines of a cluster, as device-manager has them. */
    static Map<String, Place> all(Cluster cluster, String token) throws IOException, InterruptedException {
        Map<String, Place> places = new TreeMap<>();
        for (JsonNode machine :
                cluster.get("device-manager", "/v1/machines", token).path("items")) {
            places.put(
                    machine.path("name").asString(),
                    new Place(
                            machine.path("environment").asString(),
                            machine.path("machineFunction").asString(),
                            machine.path("faultDomain").asString()));
        }
        return places;
    }
}
