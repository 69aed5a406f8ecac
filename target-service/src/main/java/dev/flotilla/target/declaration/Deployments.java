package dev.flotilla.target.declaration;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the deployments there are. */
@Component
class Deployments {
    private final JdbcClient jdbc;

    Deployments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Deployment> byRevision(long revision) {
        return jdbc.sql("select " + DeploymentRows.WHOLE + " from deployment d where d.revision = :revision")
                .param("revision", revision)
                .query(DeploymentRows::whole)
                .optional();
    }

    /** The last declaration of a version. */
    Optional<Deployment> lastOf(String service, String version) {
        return jdbc.sql("select " + DeploymentRows.WHOLE + " from deployment d"
                        + " where d.service = :service and d.version = :version order by d.revision desc limit 1")
                .param("service", service)
                .param("version", version)
                .query(DeploymentRows::whole)
                .optional();
    }

    /** Up to {@code limit} deployments after a revision, oldest first. */
    List<DeploymentSummary> after(long revision, int limit) {
        return jdbc.sql("select " + DeploymentRows.SUMMARY + " from deployment d"
                        + " where d.revision > :revision order by d.revision limit :limit")
                .param("revision", revision)
                .param("limit", limit)
                .query(DeploymentRows::summary)
                .list();
    }

    /** Up to {@code limit} deployments of a service before a revision, newest first. */
    List<DeploymentSummary> historyBefore(String service, long revision, int limit) {
        return jdbc.sql(
                        "select " + DeploymentRows.SUMMARY + " from deployment d"
                                + " where d.service = :service and d.revision < :revision order by d.revision desc limit :limit")
                .param("service", service)
                .param("revision", revision)
                .param("limit", limit)
                .query(DeploymentRows::summary)
                .list();
    }

    /** Up to {@code limit} deployments of a version that are the last word for at least one machine or group, newest first. */
    List<DeploymentSummary> targeting(String service, String version, int limit) {
        return jdbc.sql("select " + DeploymentRows.SUMMARY + """
                         from deployment d
                        where d.service = :service and d.version = :version
                          and (exists (select from target_current t where t.revision = d.revision)
                            or exists (select from group_current g where g.revision = d.revision))
                        order by d.revision desc
                        limit :limit
                        """)
                .param("service", service)
                .param("version", version)
                .param("limit", limit)
                .query(DeploymentRows::summary)
                .list();
    }

    /** The deployment that names a machine one by one for a service last. */
    Optional<DeploymentSummary> declaredFor(String service, String machine) {
        return jdbc.sql("select " + DeploymentRows.SUMMARY
                        + " from target_current t join deployment d using (revision)"
                        + " where t.service = :service and t.machine = :machine")
                .param("service", service)
                .param("machine", machine)
                .query(DeploymentRows::summary)
                .optional();
    }
}
