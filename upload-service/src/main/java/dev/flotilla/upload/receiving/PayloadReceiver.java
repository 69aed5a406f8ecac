package dev.flotilla.upload.receiving;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.Version;
import dev.flotilla.upload.catalog.CatalogEntry;
import dev.flotilla.upload.catalog.ContentLedger;
import dev.flotilla.upload.catalog.ContentLedger.Reservation;
import dev.flotilla.upload.catalog.Publication;
import dev.flotilla.upload.catalog.Publication.Outcome;
import dev.flotilla.upload.catalog.VersionCatalog;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stores an upload and publishes its version, in an order that survives a crash between any two steps: the bytes into a temporary file,
 * a reservation of the content, the bytes durable in their place, the version's row. A crash before the last step leaves content that
 * nothing refers to, which is removed once the reservation has run out.
 */
@Component
class PayloadReceiver {
    private static final Logger log = LoggerFactory.getLogger(PayloadReceiver.class);
    private final VersionCatalog catalog;
    private final ContentLedger ledger;
    private final Publication publication;
    private final DynamicStorage storage;
    private final ReceivingProperties properties;
    private final InstantSource clock;

    PayloadReceiver(
            VersionCatalog catalog,
            ContentLedger ledger,
            Publication publication,
            DynamicStorage storage,
            ReceivingProperties properties,
            InstantSource clock) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.publication = publication;
        this.storage = storage;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param created false if the version was there already, with the same bytes */
    record Received(Version version, boolean created) {}

    /**
     * Takes one upload to its end.
     *
     * @throws dev.flotilla.platform.problem.ProblemException if it is not taken; nothing of it remains then
     */
    Received receive(Upload upload, InputStream body) throws IOException {
        refuseEarly(upload);
        try (DynamicStorage.Writer writer = storage.writer()) {
            BodyTransfer.copy(upload, body, writer, properties.maxSize().toBytes());
            Payload payload = writer.finish();
            for (ClaimedDigest claim : upload.claims()) {
                if (!claim.sha256().equals(payload.sha256())) {
                    throw UploadRefusals.wrongDigest(claim, payload);
                }
            }
            catalog.entry(upload.service(), upload.version())
                    .ifPresent(entry -> requireItsName(upload, entry, payload.sha256()));
            // Also where the version is there already: whoever uploads it again mends what storage has lost or damaged.
            return store(upload, writer, payload);
        }
    }

    /** What can be told before the body is read. */
    private void refuseEarly(Upload upload) {
        long length = upload.length().orElse(1);
        if (length == 0) {
            throw UploadRefusals.empty();
        }
        if (length > properties.maxSize().toBytes()) {
            throw UploadRefusals.tooLarge(properties.maxSize().toBytes());
        }
        catalog.entry(upload.service(), upload.version()).ifPresent(entry -> {
            String known = entry.version().payload().sha256();
            String claimed = upload.claims().stream()
                    .map(ClaimedDigest::sha256)
                    .filter(claim -> !claim.equals(known))
                    .findFirst()
                    .orElse(known);
            requireItsName(upload, entry, claimed);
        });
    }

    /** A name belongs to its bytes, whether they are there or were deleted. */
    private static void requireItsName(Upload upload, CatalogEntry entry, String sha256) {
        if (entry.state() == CatalogEntry.State.DELETING) {
            throw UploadRefusals.beingDeleted(upload);
        }
        if (!entry.version().payload().sha256().equals(sha256)) {
            throw UploadRefusals.otherBytes(entry, sha256);
        }
    }

    private Received store(Upload upload, DynamicStorage.Writer writer, Payload payload) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Reservation reservation = ledger.reserve(payload, now, now.plus(properties.reservation()));
        boolean used = false;
        try {
            writer.commit(reservation.key());
            Version version = new Version(upload.service(), upload.version(), payload, now, upload.uploadedBy());
            Outcome outcome = publication.publish(version, reservation);
            used = outcome instanceof Outcome.Published;
            return switch (outcome) {
                case Outcome.Published(Version published) -> new Received(published, true);
                case Outcome.ReservationLost() -> throw UploadRefusals.lostReservation(upload);
                case Outcome.NameTaken() ->
                    alreadyThere(
                            upload,
                            catalog.entry(upload.service(), upload.version())
                                    .orElseThrow(() -> UploadRefusals.beingDeleted(upload)),
                            payload.sha256());
            };
        } finally {
            if (!used) {
                giveUp(upload, reservation);
            }
        }
    }

    /** Tidies up at once; where that fails too, the clean-up does it once the reservation has run out. */
    private void giveUp(Upload upload, Reservation reservation) {
        try {
            ledger.giveBack(reservation);
        } catch (RuntimeException e) {
            log.warn("the bytes of the failed upload of {} are left to the clean-up: {}", upload, e.toString());
        }
    }

    private static Received alreadyThere(Upload upload, CatalogEntry existing, String sha256) {
        requireItsName(upload, existing, sha256);
        return switch (existing.state()) {
            case READY -> new Received(existing.version(), false);
            // It was there a moment ago, and deleted since.
            case DELETING, DELETED -> throw UploadRefusals.beingDeleted(upload);
        };
    }
}
