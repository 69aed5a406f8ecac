package dev.flotilla.upload.catalog;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the row of each service true, inside the transaction that makes a version visible or invisible. */
@Repository
class ServiceCounts {
    private final JdbcClient db;

    ServiceCounts(JdbcClient db) {
        this.db = db;
    }

    void versionAppeared(String service, String version, long seq, Instant uploadedAt) {
        db.sql("""
                insert into service as s (service, versions, latest_version, latest_seq, latest_uploaded_at)
                values (:service, 1, :version, :seq, :at)
                on conflict (service) do update set
                    versions = s.versions + 1,
                    latest_version = case when s.latest_seq < :seq then :version else s.latest_version end,
                    latest_uploaded_at = case when s.latest_seq < :seq then :at else s.latest_uploaded_at end,
                    latest_seq = greatest(s.latest_seq, :seq)
                """)
                .param("service", service)
                .param("version", version)
                .param("seq", seq)
                .param("at", Rows.time(uploadedAt))
                .update();
    }

    void versionDisappeared(String service) {
        // The row's lock first: then the newest remaining version is looked up among those that are really there.
        db.sql("update service set versions = versions - 1 where service = ?")
                .param(service)
                .update();
        db.sql("""
                update service s set latest_version = v.version, latest_seq = v.seq, latest_uploaded_at = v.uploaded_at
                from (select version, seq, uploaded_at from version
                      where service = :service and state = 'READY' order by seq desc limit 1) v
                where s.service = :service
                """).param("service", service).update();
        db.sql("delete from service where service = ? and versions = 0")
                .param(service)
                .update();
    }
}
