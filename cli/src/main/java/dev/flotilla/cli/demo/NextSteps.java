package dev.flotilla.cli.demo;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.cli.cluster.Welcome;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.standalone.Part;

/** What to try after the demo: commands that work as they stand here. */
final class NextSteps {
    private NextSteps() {}

    /** @param last the deployment that was declared last; the next two are those of the commands */
    static String text(DataFolder data, ClusterOptions cluster, String voice, Deployment last) {
        String flotilla = "./flotilla";
        String option = Welcome.dataOption(data);
        String header = data.root().resolve("header").toString();
        String m7 = data.root()
                .resolve("machines/m7/hello/versions/1.1.0/hello_1.1.0")
                .toString();
        String curl = "curl -sS -w '\\n' -H @" + header;
        return String.join(
                "\n",
                "",
                "m1 says: " + voice,
                "",
                "Every machine went from 1.0.0 to 1.1.0. Look at it, and go on from here:",
                "",
                "  " + Welcome.page(data, cluster),
                "",
                "  # a token for curl, in a file: on a command line others would see it",
                "  (umask 077; " + flotilla + " token --header" + option + " > " + header + ")",
                "",
                "  # what runs where",
                "  " + flotilla + " machines" + option,
                "  " + curl + " " + cluster.address(Part.REGISTRY) + "/v1/services/hello/versions",
                "",
                "  # a program of your own, on five machines",
                "  printf '#!/bin/sh\\necho at your service\\nexec sleep 1000000\\n' > greeter",
                "  " + curl + " -T greeter " + cluster.address(Part.UPLOAD) + "/v1/services/greeter/versions/1",
                "  printf 'm1\\nm2\\nm3\\nm4\\nm5\\n' | " + curl + " -H 'Content-Type: text/plain' -T - \\",
                "    " + cluster.address(Part.TARGET) + "/v1/services/greeter/versions/1/targets",
                "  " + flotilla + " watch d" + (last.revision() + 1) + option,
                "  " + curl + " " + cluster.address(Part.ORCHESTRATOR) + "/v1/deployments/d" + (last.revision() + 1),
                "",
                "  # back to the old version on some machines, and why one of them is where it is",
                "  " + flotilla + " deploy hello 1.0.0 --machines m1..m5 --watch" + option,
                "  " + flotilla + " explain d" + (last.revision() + 2) + " m2" + option,
                "",
                "  # kill just the one on m7: it is started again",
                "  pkill -xf '/bin/sh " + m7 + "'; sleep 3; " + flotilla + " logs hello --machine m7" + option,
                "",
                "  " + flotilla + " down" + option + "   # stops it all and keeps the data");
    }
}
