package dev.flotilla.upload.receiving;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.catalog.CatalogEntry;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Why an upload is not taken, in words for the one who sent it. */
final class UploadRefusals {
    private UploadRefusals() {}

    static ProblemException empty() {
        return ProblemException.badRequest("body", "must not be empty: send the bytes of the payload", null);
    }

    static ProblemException cutOff(Upload upload, long received) {
        String expected = upload.length().isPresent()
                ? received + " of " + upload.length().getAsLong() + " bytes arrived"
                : "it ended without its last chunk after " + received + " bytes";
        return ProblemException.badRequest(
                "body", "was cut off: " + expected + "; nothing was stored, send it again", null);
    }

    static ProblemException tooLarge(long maxSize) {
        String message = "must not be larger than " + maxSize + " bytes (flotilla.upload.max-size)";
        return ProblemException.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "body: " + message,
                List.of(ProblemException.error("body", message, null)));
    }

    static ProblemException wrongDigest(ClaimedDigest claim, Payload received) {
        String message = "claims SHA-256 " + claim.sha256() + ", but the " + received.size()
                + " bytes that arrived have " + received.sha256() + "; nothing was stored";
        return ProblemException.badRequest(claim.header(), message, claim.sha256());
    }

    static ProblemException otherBytes(CatalogEntry existing, String sha256) {
        Version version = existing.version();
        String how = existing.state() == CatalogEntry.State.DELETED
                ? " was there with other bytes before it was deleted: it had SHA-256 "
                : " is there already with other bytes: it has SHA-256 ";
        return conflict(
                version.version(),
                "Version " + version.version() + " of " + version.service() + how
                        + version.payload().sha256() + ", the upload has " + sha256
                        + ". Versions are immutable, deleted ones too: upload it under another version");
    }

    static ProblemException beingDeleted(Upload upload) {
        return conflict(
                upload.version(),
                "Version " + upload.version() + " of " + upload.service()
                        + " is being deleted; upload it again when that is done");
    }

    static ProblemException lostReservation(Upload upload) {
        return ProblemException.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Storing version " + upload.version() + " of " + upload.service()
                        + " took too long and was given up; nothing was published, upload it again",
                List.of());
    }

    static ProblemException storageFull() {
        return ProblemException.of(
                HttpStatus.INSUFFICIENT_STORAGE,
                "The storage of upload-service is full; nothing was stored. Delete versions that are no longer needed, or give it more room",
                List.of());
    }

    private static ProblemException conflict(String version, String detail) {
        return ProblemException.of(
                HttpStatus.CONFLICT, detail, List.of(ProblemException.error("version", "is taken", version)));
    }
}
