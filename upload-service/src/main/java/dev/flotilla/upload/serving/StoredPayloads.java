package dev.flotilla.upload.serving;

import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.catalog.VersionCatalog;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The bytes of versions in storage, and what is said where they are not there, or not those that were uploaded. */
@Component
class StoredPayloads {
    private static final Logger log = LoggerFactory.getLogger(StoredPayloads.class);

    private final VersionCatalog catalog;
    private final DynamicStorage storage;
    private final DownloadMetrics metrics;

    StoredPayloads(VersionCatalog catalog, DynamicStorage storage, DownloadMetrics metrics) {
        this.catalog = catalog;
        this.storage = storage;
        this.metrics = metrics;
    }

    /** The visible version; 404 where there is none. */
    Version version(String service, String version) {
        return catalog.find(service, version).orElseThrow(() -> unknown(service, version));
    }

    /** Its bytes, in their full length; a problem where they are not there. To be closed after use. */
    DynamicStorage.Content open(Version version) throws IOException {
        // Twice: between the key and the bytes it may be deleted and uploaded again, which gives it another key.
        Optional<DynamicStorage.Content> first = openOnce(version);
        DynamicStorage.Content content =
                first.isPresent() ? first.get() : openOnce(version).orElseThrow(() -> broken(version, "lost"));
        if (content.size() != version.payload().size()) {
            content.close();
            throw broken(version, "damaged");
        }
        return content;
    }

    /** Says that the version's bytes are not there, or not the right ones; unless it was deleted just now. */
    ProblemException broken(Version version, String how) {
        if (catalog.find(version.service(), version.version()).isEmpty()) {
            return unknown(version.service(), version.version());
        }
        metrics.broken();
        log.error(
                "the stored bytes of {} {} are {}, key {}: upload the same bytes again, or bring them back from a backup",
                version.service(),
                version.version(),
                how,
                catalog.storageKey(version.payload()).orElse(version.payload().sha256()));
        return ProblemException.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The bytes of version " + version.version() + " of " + version.service() + " are " + how
                        + "; upload the same bytes again to bring them back",
                List.of());
    }

    private Optional<DynamicStorage.Content> openOnce(Version version) throws IOException {
        Optional<String> key = catalog.storageKey(version.payload());
        return key.isPresent() ? storage.open(key.get()) : Optional.empty();
    }

    private static ProblemException unknown(String service, String version) {
        return ProblemException.notFound(
                "version", version, "There is no version '" + version + "' of '" + service + "'");
    }
}
