package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.Version;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks versions up. Every query reads a short range of one index. */
@Repository
public class VersionCatalog {
    private final JdbcClient db;

    VersionCatalog(JdbcClient db) {
        this.db = db;
    }

    /** The version, if it is there for callers to see. */
    public Optional<Version> find(String service, String version) {
        return entry(service, version)
                .filter(entry -> entry.state() == CatalogEntry.State.READY)
                .map(CatalogEntry::version);
    }

    /** The version in whatever state. */
    public Optional<CatalogEntry> entry(String service, String version) {
        return db.sql("select " + Rows.VERSION_COLUMNS + " from version where service = ? and version = ?")
                .params(service, version)
                .query(Rows::entry)
                .optional();
    }

    /** The visible versions of a service with a seq below the given one, newest first. */
    public List<CatalogEntry> newest(String service, long belowSeq, int limit) {
        return db.sql("select " + Rows.VERSION_COLUMNS
                        + " from version where service = ? and seq < ? and state = 'READY' order by seq desc limit ?")
                .params(service, belowSeq, limit)
                .query(Rows::entry)
                .list();
    }

    /** The deleted versions of a service with a seq below the given one, highest first. */
    public List<DeletedEntry> deleted(String service, long belowSeq, int limit) {
        return db.sql("select " + Rows.DELETED_COLUMNS
                        + " from version where service = ? and seq < ? and state = 'DELETED' order by seq desc limit ?")
                .params(service, belowSeq, limit)
                .query(Rows::deleted)
                .list();
    }

    /** One version, if it was deleted. */
    public Optional<DeletedEntry> deleted(String service, String version) {
        return db.sql("select " + Rows.DELETED_COLUMNS
                        + " from version where service = ? and version = ? and state = 'DELETED'")
                .params(service, version)
                .query(Rows::deleted)
                .optional();
    }

    /** Under which key storage has some content; empty where no version has that content any more. */
    public Optional<String> storageKey(Payload payload) {
        return db.sql("select key from content where sha256 = ?")
                .param(Rows.bytes(payload.sha256()))
                .query(String.class)
                .optional();
    }

    /** The services with visible versions whose names come after the given one, by name. */
    public List<ServiceSummary> services(String after, int limit) {
        return db.sql("select service, versions, latest_version, latest_uploaded_at from service"
                        + " where service > ? order by service limit ?")
                .params(after, limit)
                .query(Rows::summary)
                .list();
    }
}
