package dev.flotilla.orchestrator.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The ids of orders: the same rollout, machine and attempt always give the same one, so that an order is carried out once. */
public final class OrderIds {
    private static final int DIGEST_BYTES = 10;

    private OrderIds() {}

    /** The id of an attempt: the deployment, a dash, and a digest of the rest, such as {@code d42-8c1f0d...}. */
    public static String of(String rollout, String machine, int attempt) {
        byte[] digest = sha256().digest((rollout + '\n' + machine + '\n' + attempt).getBytes(StandardCharsets.UTF_8));
        return deploymentOf(rollout) + '-' + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    }

    /** True for an order of a deployment with a higher revision; false also where the id is not one of ours. */
    public static boolean isNewer(String orderId, long revision) {
        int end = orderId.indexOf('-');
        if (end < 2 || orderId.charAt(0) != 'd') {
            return false;
        }
        try {
            return Long.parseLong(orderId, 1, end, 10) > revision;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String deploymentOf(String rollout) {
        int end = rollout.indexOf('~');
        return end < 0 ? rollout : rollout.substring(0, end);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
