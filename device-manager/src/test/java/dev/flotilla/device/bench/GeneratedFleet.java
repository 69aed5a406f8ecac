package dev.flotilla.device.bench;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A fleet as CSV, made while it is read: groups of 1,000 machines in five fault domains, 50 groups in an environment, 6 environments in a region. */
final class GeneratedFleet extends InputStream {
    static final int GROUP = 1_000;
    private static final int FUNCTIONS = 50;
    private static final int ENVIRONMENTS = 6;
    private static final int DOMAINS = 5;

    private final int machines;
    private byte[] line =
            "name,environment,machineFunction,faultDomain,region,address,tenant\n".getBytes(StandardCharsets.US_ASCII);
    private int at;
    private int next;

    GeneratedFleet(int machines) {
        this.machines = machines;
    }

    static String environment(int group) {
        return "env-" + group / FUNCTIONS;
    }

    static String function(int group) {
        return "mf-" + group % FUNCTIONS;
    }

    static String name(int machine) {
        return "m" + machine;
    }

    @Override
    public int read() {
        if (at == line.length && !nextLine()) {
            return -1;
        }
        return line[at++];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int read = 0;
        while (read < length && (at < line.length || nextLine())) {
            int part = Math.min(length - read, line.length - at);
            System.arraycopy(line, at, into, offset + read, part);
            at += part;
            read += part;
        }
        return read == 0 ? -1 : read;
    }

    private boolean nextLine() {
        if (next == machines) {
            return false;
        }
        int group = next / GROUP;
        String text = name(next) + "," + environment(group) + "," + function(group) + ",fd-" + next % DOMAINS
                + ",region-" + group / FUNCTIONS / ENVIRONMENTS + ",http://10." + next / 65536 % 256 + "."
                + next / 256 % 256 + "." + next % 256 + ":8084," + (group % 10 == 0 ? "tenant-" + group : "") + "\n";
        line = text.getBytes(StandardCharsets.US_ASCII);
        at = 0;
        next++;
        return true;
    }
}
