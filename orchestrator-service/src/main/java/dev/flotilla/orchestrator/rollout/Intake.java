package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Takes declared deployments in: their rows and how far the declarations have been read are written together or not at all. */
@Repository
public class Intake {
    /**
     * The part of a deployment in one group.
     *
     * @param machines the machines named one by one; null for the whole group
     * @param size how many machines that is at the moment
     */
    public record Part(MachineGroup group, @Nullable List<String> machines, int size) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ticks ticks;
    private final History history;

    Intake(JdbcClient jdbc, TransactionTemplate transaction, Ticks ticks, History history) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ticks = ticks;
        this.history = history;
    }

    /** The revision up to which declarations have been taken in. */
    public long revision() {
        return jdbc.sql("select revision from intake").query(Long.class).single();
    }

    /**
     * Takes a declaration in, its rollouts with it. Orders that older rollouts of the same machines are about to give are not sent from then on.
     *
     * @param after the revision up to which the caller has read
     * @return false when another instance was faster; nothing is written then
     */
    public boolean take(long after, Deployment deployment, List<Part> parts, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!advance(after, deployment.revision())) {
                return false;
            }
            insert(deployment, parts.isEmpty() ? DeploymentState.COMPLETE : DeploymentState.ROLLING_OUT, now);
            history.add(
                    deployment.id(),
                    null,
                    deployment.declaredBy(),
                    History.DECLARATION,
                    Objects.requireNonNullElse(deployment.reason(), "no reason was given"),
                    deployment.declaredAt());
            List<String> ids =
                    parts.stream().map(part -> insert(deployment, part, now)).toList();
            ticks.begin(ids);
            List<Older> older = parts.stream()
                    .flatMap(part -> fenceOlder(deployment, part.group()).stream())
                    .toList();
            // Those that have ended too: they count their machines once more.
            ticks.begin(older.stream().filter(Older::holds).map(Older::id).toList());
            ticks.wake(older.stream().map(Older::id).toList());
            return true;
        }));
    }

    private boolean advance(long after, long revision) {
        return jdbc.sql("update intake set revision = :revision where revision = :after")
                        .param("revision", revision)
                        .param("after", after)
                        .update()
                == 1;
    }

    private void insert(Deployment deployment, DeploymentState state, Instant now) {
        RolloutOptions options = deployment.options().orDefaults();
        jdbc.sql("""
                        insert into deployment (id, revision, service, version, sha256, size, options, declared_by, declared_at, started_at, completed_at, state,
                            rollback_of)
                        values (:id, :revision, :service, :version, :sha256, :size, :options::jsonb, :by, :declared, :now,
                            case when :state = 'COMPLETE' then :now end, :state, :rollbackOf)
                        """)
                .param("id", deployment.id())
                .param("revision", deployment.revision())
                .param("service", deployment.service())
                .param("version", deployment.version())
                .param("sha256", deployment.payload().sha256())
                .param("size", deployment.payload().size())
                .param("options", JsonMapper.shared().writeValueAsString(options))
                .param("by", deployment.declaredBy())
                .param("declared", at(deployment.declaredAt()))
                .param("now", at(now))
                .param("state", state.name())
                .param("rollbackOf", deployment.rollbackOf())
                .update();
    }

    private String insert(Deployment deployment, Part part, Instant now) {
        String id = Rollout.id(
                deployment.id(), part.group().environment(), part.group().machineFunction());
        jdbc.sql("""
                        insert into rollout (id, deployment, revision, service, environment, machine_function, machines, state, epoch, waiting,
                            started_at, progressed_at)
                        values (:id, :deployment, :revision, :service, :environment, :function, :machines::text[], 'ROLLING_OUT',
                            nextval('epoch'), :size, :now, :now)
                        """)
                .param("id", id)
                .param("deployment", deployment.id())
                .param("revision", deployment.revision())
                .param("service", deployment.service())
                .param("environment", part.group().environment())
                .param("function", part.group().machineFunction())
                .param(
                        "machines",
                        part.machines() == null ? null : part.machines().toArray(String[]::new))
                .param("size", part.size())
                .param("now", at(now))
                .update();
        return id;
    }

    /** @param holds false where all of its machines were taken over before */
    private record Older(String id, boolean holds) {}

    private List<Older> fenceOlder(Deployment deployment, MachineGroup group) {
        return jdbc.sql("""
                        update rollout set epoch = nextval('epoch')
                        where service = :service and environment = :environment and machine_function = :function and revision < :revision
                            and state <> 'SUPERSEDED'
                        returning id, waiting + fetching + switching + running + failed + excused > 0 as holds
                        """)
                .param("service", deployment.service())
                .param("environment", group.environment())
                .param("function", group.machineFunction())
                .param("revision", deployment.revision())
                .query((row, number) -> new Older(row.getString("id"), row.getBoolean("holds")))
                .list();
    }
}
