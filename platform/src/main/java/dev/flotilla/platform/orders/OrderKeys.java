package dev.flotilla.platform.orders;

import dev.flotilla.platform.security.PemKeys;
import java.nio.file.Path;
import java.security.KeyPair;

/** The Ed25519 key pair {@code orders} of a folder: the orchestrator signs with the private key, agents hold the public one. */
public final class OrderKeys {
    static final String ALGORITHM = "Ed25519";

    private OrderKeys() {}

    /** The key pair in this folder, made when it is not there yet. */
    public static KeyPair openOrCreate(Path keysFolder) {
        return PemKeys.openOrCreate(keysFolder, "orders", ALGORITHM, null);
    }
}
