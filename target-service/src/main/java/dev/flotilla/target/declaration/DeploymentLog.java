package dev.flotilla.target.declaration;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.Targets;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes deployments, one after the other: {@link #append} needs a transaction, and {@link #lock} called in it first; what else it answers holds
 * only as long as that.
 */
@Component
class DeploymentLog {
    private final JdbcClient jdbc;

    DeploymentLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the end of the transaction nobody else declares. */
    void lock() {
        jdbc.sql("select revision from last_revision for update")
                .query(Long.class)
                .single();
    }

    /**
     * The deployment that says the same as this one already: for exactly these targets, and no newer one touches any of them. Where
     * groups are named, a newer one that names any machine is taken to touch them, because only device-manager knows.
     *
     * @param machineGroups the groups of the machines that are named one by one
     */
    Optional<DeploymentSummary> same(
            DeploymentSummary wanted, Targets targets, Collection<MachineGroup> machineGroups) {
        return jdbc.sql("""
                with current as (
                    select revision from target_current where service = :service and machine = any(:machines)
                    union all
                    select g.revision from group_current g
                    join unnest(:environments::text[], :functions::text[]) as named (environment, machine_function)
                        using (environment, machine_function)
                    where g.service = :service
                ), common as (
                    select min(revision) as revision
                    from current
                    having count(*) = :machineCount + :groupCount and min(revision) = max(revision)
                )
                select\s""" + DeploymentRows.SUMMARY + """

                from common join deployment d using (revision)
                where d.version = :version and d.sha256 = :sha256
                  and d.machine_count = :machineCount and d.group_count = :groupCount
                  and d.options = :options::jsonb
                  and not exists (
                      select from group_current g
                      join unnest(:theirEnvironments::text[], :theirFunctions::text[])
                          as theirs (environment, machine_function) using (environment, machine_function)
                      where g.service = :service and g.revision > d.revision)
                  and (:groupCount = 0 or not exists (
                      select from deployment newer
                      where newer.service = :service and newer.revision > d.revision and newer.machine_count > 0))
                """)
                .param("service", wanted.service())
                .param("version", wanted.version())
                .param("sha256", wanted.payload().sha256())
                .param("options", DeploymentRows.json(wanted.options()))
                .param("machines", targets.machines().toArray(String[]::new))
                .param("machineCount", wanted.machines())
                .param("environments", column(targets.groups(), MachineGroup::environment))
                .param("functions", column(targets.groups(), MachineGroup::machineFunction))
                .param("groupCount", wanted.groups())
                .param("theirEnvironments", column(machineGroups, MachineGroup::environment))
                .param("theirFunctions", column(machineGroups, MachineGroup::machineFunction))
                .query(DeploymentRows::summary)
                .optional();
    }

    /** True if there is a deployment with this revision, and it is of this service. */
    boolean isOf(String service, long revision) {
        return jdbc.sql("select exists (select from deployment where revision = :revision and service = :service)")
                .param("revision", revision)
                .param("service", service)
                .query(Boolean.class)
                .single();
    }

    /**
     * A deployment newer than the given one that names one of these targets, or that may: where groups are named, one that names any machine.
     *
     * @param machineGroups the groups of the machines that are named one by one
     */
    Optional<String> newer(String service, long revision, Targets targets, Collection<MachineGroup> machineGroups) {
        return jdbc.sql("""
                select max(revision) from (
                    select revision from target_current where service = :service and machine = any(:machines)
                    union all
                    select g.revision from group_current g
                    join unnest(:environments::text[], :functions::text[]) as named (environment, machine_function)
                        using (environment, machine_function)
                    where g.service = :service
                    union all
                    select d.revision from deployment d
                    where :groupCount > 0 and d.service = :service and d.revision > :revision and d.machine_count > 0
                ) touching
                where revision > :revision
                """)
                .param("service", service)
                .param("revision", revision)
                .param("machines", targets.machines().toArray(String[]::new))
                .param("environments", column(either(targets.groups(), machineGroups), MachineGroup::environment))
                .param("functions", column(either(targets.groups(), machineGroups), MachineGroup::machineFunction))
                .param("groupCount", targets.groups().size())
                .query(Long.class)
                .optional()
                .map(DeploymentRows::id);
    }

    /** Stores a deployment under the next revision, and makes it the last word for what it names. */
    Deployment append(DeploymentSummary wanted, Targets targets) {
        long revision = jdbc.sql("update last_revision set revision = revision + 1 returning revision")
                .query(Long.class)
                .single();
        insert(revision, wanted, targets);
        jdbc.sql("""
                insert into target_current (service, machine, revision)
                select :service, machine, :revision from unnest(:machines::text[]) as machine
                on conflict (service, machine) do update set revision = excluded.revision
                """)
                .param("service", wanted.service())
                .param("revision", revision)
                .param("machines", targets.machines().toArray(String[]::new))
                .update();
        jdbc.sql("""
                insert into group_current (service, environment, machine_function, revision)
                select :service, environment, machine_function, :revision
                from unnest(:environments::text[], :functions::text[]) as named (environment, machine_function)
                on conflict (service, environment, machine_function) do update set revision = excluded.revision
                """)
                .param("service", wanted.service())
                .param("revision", revision)
                .param("environments", column(targets.groups(), MachineGroup::environment))
                .param("functions", column(targets.groups(), MachineGroup::machineFunction))
                .update();
        return new Deployment(
                DeploymentRows.id(revision),
                revision,
                wanted.service(),
                wanted.version(),
                wanted.payload(),
                targets,
                wanted.options(),
                wanted.declaredBy(),
                wanted.declaredAt(),
                wanted.reason(),
                wanted.rollbackOf());
    }

    private void insert(long revision, DeploymentSummary wanted, Targets targets) {
        jdbc.sql("""
                insert into deployment (revision, service, version, sha256, size, machines, machine_count,
                    group_environments, group_functions, group_count, options,
                    declared_by, declared_at, reason, rollback_of)
                values (:revision, :service, :version, :sha256, :size, :machines, :machineCount,
                    :environments, :functions, :groupCount, :options::jsonb,
                    :declaredBy, :declaredAt, :reason, :rollbackOf)
                """)
                .param("revision", revision)
                .param("service", wanted.service())
                .param("version", wanted.version())
                .param("sha256", wanted.payload().sha256())
                .param("size", wanted.payload().size())
                .param("machines", targets.machines().toArray(String[]::new))
                .param("machineCount", wanted.machines())
                .param("environments", column(targets.groups(), MachineGroup::environment))
                .param("functions", column(targets.groups(), MachineGroup::machineFunction))
                .param("groupCount", wanted.groups())
                .param("options", DeploymentRows.json(wanted.options()))
                .param("declaredBy", wanted.declaredBy())
                .param("declaredAt", wanted.declaredAt().atOffset(ZoneOffset.UTC))
                .param("reason", wanted.reason())
                .param("rollbackOf", wanted.rollbackOf())
                .update();
    }

    private static List<MachineGroup> either(Collection<MachineGroup> some, Collection<MachineGroup> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private static String[] column(Collection<MachineGroup> groups, Function<MachineGroup, String> part) {
        return groups.stream().map(part).toArray(String[]::new);
    }
}
