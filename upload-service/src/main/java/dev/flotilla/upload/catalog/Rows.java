package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.DeletedVersion;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Between rows and records: digests are 32 bytes in the database and hexadecimal outside, times are UTC. */
final class Rows {
    static final String VERSION_COLUMNS = "service, version, sha256, size, uploaded_by, uploaded_at, seq, state";

    static final String DELETED_COLUMNS = VERSION_COLUMNS + ", deleted_at, deleted_by";

    private Rows() {}

    static byte[] bytes(String sha256) {
        return HexFormat.of().parseHex(sha256);
    }

    static String sha256(ResultSet row) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes("sha256"));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static CatalogEntry entry(ResultSet row, int number) throws SQLException {
        Version version = new Version(
                row.getString("service"),
                row.getString("version"),
                new Payload(sha256(row), row.getLong("size")),
                instant(row, "uploaded_at"),
                row.getString("uploaded_by"));
        return new CatalogEntry(version, row.getLong("seq"), CatalogEntry.State.valueOf(row.getString("state")));
    }

    static DeletedEntry deleted(ResultSet row, int number) throws SQLException {
        CatalogEntry entry = entry(row, number);
        return new DeletedEntry(
                new DeletedVersion(entry.version(), instant(row, "deleted_at"), row.getString("deleted_by")),
                entry.seq());
    }

    static ServiceSummary summary(ResultSet row, int number) throws SQLException {
        return new ServiceSummary(
                row.getString("service"),
                row.getLong("versions"),
                row.getString("latest_version"),
                instant(row, "latest_uploaded_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time.toInstant();
    }
}
