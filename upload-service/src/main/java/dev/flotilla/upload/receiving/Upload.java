package dev.flotilla.upload.receiving;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an upload's headers say.
 *
 * @param claims the digests that the body shall have
 * @param length how many bytes the body shall have; empty if that is known at its end only
 * @param uploadedBy the subject of the caller's token
 */
record Upload(String service, String version, List<ClaimedDigest> claims, OptionalLong length, String uploadedBy) {
    @Override
    public String toString() {
        return service + " " + version;
    }
}
