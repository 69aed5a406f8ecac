package dev.flotilla.policy.rule;

import dev.flotilla.api.policy.Decision.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules there are. Changes happen one after the other, and each makes a revision. */
@Component
public class RuleTable {
    private static final Logger log = LoggerFactory.getLogger(RuleTable.class);
    private static final String COLUMNS =
            "kind, name, definition::text as definition, ends_at, revision, created_by, created_at, changed_by, changed_at";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RuleTable(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** One change that is wanted. A definition of null removes the rule. */
    public record Change(
            Kind kind,
            String name,
            @Nullable String definition,
            @Nullable Instant until,
            String by,
            Instant at) {}

    /**
     * Carries out a change. What is so already is left as it is, without a revision. Who made a rule, and when, stays as it was until it has ended.
     *
     * @return the rule as it is now; empty where it is not there any more
     */
    public Optional<StoredRule> change(Change change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long revision = jdbc.sql("select revision from rule_revision_counter for update")
                            .query(Long.class)
                            .single()
                    + 1;
            Optional<StoredRule> before = find(change.kind(), change.name());
            if (isSo(before, change)) {
                return before;
            }
            keep(revision, before, change);
            return change.definition() == null ? remove(change) : write(revision, before, change);
        }));
    }

    private boolean isSo(Optional<StoredRule> before, Change change) {
        String definition = change.definition();
        if (before.isEmpty() || definition == null) {
            return before.isEmpty() && definition == null;
        }
        return !before.get().endedBy(change.at())
                && jdbc.sql("select cast(:a as jsonb) = cast(:b as jsonb)")
                        .param("a", before.get().definition())
                        .param("b", definition)
                        .query(Boolean.class)
                        .single();
    }

    private void keep(long revision, Optional<StoredRule> before, Change change) {
        jdbc.sql("update rule_revision_counter set revision = ?")
                .param(revision)
                .update();
        jdbc.sql("""
                insert into rule_revision (revision, kind, name, before, after, changed_by, changed_at)
                values (:revision, :kind, :name, cast(:before as jsonb), cast(:after as jsonb), :by, :at)
                """)
                .param("revision", revision)
                .param("kind", change.kind().name())
                .param("name", change.name())
                .param("before", before.map(StoredRule::definition).orElse(null))
                .param("after", change.definition())
                .param("by", change.by())
                .param("at", Timestamp.from(change.at()))
                .update();
        log.info(
                "{} {} {} by {}, revision {}: {}",
                change.kind(),
                change.name(),
                change.definition() == null ? "removed" : "put",
                change.by(),
                revision,
                change.definition() == null ? "" : change.definition());
    }

    private Optional<StoredRule> remove(Change change) {
        jdbc.sql("delete from rule where kind = ? and name = ?")
                .params(change.kind().name(), change.name())
                .update();
        return Optional.empty();
    }

    private Optional<StoredRule> write(long revision, Optional<StoredRule> before, Change change) {
        Optional<StoredRule> alive = before.filter(rule -> !rule.endedBy(change.at()));
        jdbc.sql("""
                insert into rule (kind, name, definition, ends_at, revision, created_by, created_at, changed_by, changed_at)
                values (:kind, :name, cast(:definition as jsonb), :until, :revision, :createdBy, :createdAt, :by, :at)
                on conflict (kind, name) do update set definition = excluded.definition, ends_at = excluded.ends_at,
                    revision = excluded.revision, created_by = excluded.created_by, created_at = excluded.created_at,
                    changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """)
                .param("kind", change.kind().name())
                .param("name", change.name())
                .param("definition", change.definition())
                .param("until", change.until() == null ? null : Timestamp.from(change.until()))
                .param("revision", revision)
                .param("createdBy", alive.map(StoredRule::createdBy).orElse(change.by()))
                .param(
                        "createdAt",
                        Timestamp.from(alive.map(StoredRule::createdAt).orElse(change.at())))
                .param("by", change.by())
                .param("at", Timestamp.from(change.at()))
                .update();
        return find(change.kind(), change.name());
    }

    /** The rule of that name, ended or not. */
    public Optional<StoredRule> find(Kind kind, String name) {
        return jdbc.sql("select " + COLUMNS + " from rule where kind = ? and name = ?")
                .params(kind.name(), name)
                .query(RuleTable::stored)
                .optional();
    }

    /** Rules of a kind that have not ended, by name, beginning after the given one. */
    List<StoredRule> current(Kind kind, Map<String, Object> page, RuleFilter filter) {
        return jdbc.sql("select " + COLUMNS + """
                 from rule
                where kind = :kind and name > :after and (ends_at is null or ends_at > :now)
                  and (%s)
                order by name limit :limit
                """.formatted(filter.condition()))
                .param("kind", kind.name())
                .params(page)
                .params(filter.params())
                .query(RuleTable::stored)
                .list();
    }

    private static StoredRule stored(ResultSet row, int number) throws SQLException {
        Timestamp until = row.getTimestamp("ends_at");
        return new StoredRule(
                Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("definition"),
                until == null ? null : until.toInstant(),
                row.getLong("revision"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("changed_by"),
                row.getTimestamp("changed_at").toInstant());
    }
}
