package dev.flotilla.policy.rule;

import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every change of every rule. */
@Component
class RuleHistory {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    RuleHistory(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The latest first, before the given revision. */
    List<Revision> before(long revision, @Nullable Kind kind, @Nullable String name, int limit) {
        return jdbc.sql("""
                select revision, kind, name, before::text as before, after::text as after, changed_by, changed_at from rule_revision
                where revision < :revision and (cast(:kind as text) is null or kind = :kind)
                  and (cast(:name as text) is null or name = :name)
                order by revision desc limit :limit
                """)
                .param("revision", revision)
                .param("kind", kind == null ? null : kind.name())
                .param("name", name)
                .param("limit", limit)
                .query(this::revision)
                .list();
    }

    private Revision revision(ResultSet row, int number) throws SQLException {
        return new Revision(
                row.getLong("revision"),
                Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                definition(row.getString("before")),
                definition(row.getString("after")),
                row.getString("changed_by"),
                row.getTimestamp("changed_at").toInstant());
    }

    private @Nullable Map<String, Object> definition(@Nullable String text) {
        return text == null ? null : json.readValue(text, new TypeReference<>() {});
    }
}
