package dev.flotilla.upload.receiving;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an upload's headers say.
 *
 * @param claimedSha256 the digest the body shall have, in hexadecimal digits; empty if none was claimed
 * @param length how many bytes the body shall have; empty if that is known at its end only
 * @param uploadedBy the subject of the caller's token
 */
record Upload(String service, String version, Optional<String> claimedSha256, OptionalLong length, String uploadedBy) {
    @Override
    public String toString() {
        return service + " " + version;
    }
}
