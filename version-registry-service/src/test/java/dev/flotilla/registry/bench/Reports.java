package dev.flotilla.registry.bench;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The requests of one agent that carries the machines {@code from} to {@code to}, one machine or one batch after the other, for ever. */
final class Reports implements Supplier<byte[]> {
    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final String token;
    private final int from;
    private final int to;
    private final int batch;
    private final boolean changing;
    private int next;
    private int round;

    /**
     * @param batch how many machines in a request; 0 for requests of a single report
     * @param changing whether each round reports another version than the one before
     */
    Reports(String token, int from, int to, int batch, boolean changing) {
        this.token = token;
        this.from = from;
        this.to = to;
        this.batch = batch;
        this.changing = changing;
        this.next = from;
    }

    @Override
    public byte[] get() {
        return batch == 0 ? single(machine()) : batch();
    }

    private byte[] single(int machine) {
        return request("PUT /v1/machines/m" + machine + "/services/shop", report());
    }

    private byte[] batch() {
        StringBuilder body = new StringBuilder("{\"machines\":[");
        for (int i = 0; i < batch; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"machine\":\"m")
                    .append(machine())
                    .append("\",\"services\":{\"shop\":")
                    .append(report())
                    .append("}}");
        }
        return request("POST /v1/reports", body.append("]}").toString());
    }

    private int machine() {
        int machine = next++;
        if (next > to) {
            next = from;
            round++;
        }
        return machine;
    }

    private String report() {
        return "{\"version\":\"1.0." + (changing ? round % 2 : 0) + "\",\"state\":\"RUNNING\",\"sha256\":\"" + SHA256
                + "\",\"restarts\":0,\"since\":\"2026-11-01T08:00:00Z\"}";
    }

    private byte[] request(String line, String body) {
        return (line + " HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
