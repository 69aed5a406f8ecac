package dev.flotilla.policy.rule;

import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.policy.decision.OptOutRule;
import dev.flotilla.policy.decision.OverrideRule;
import dev.flotilla.policy.decision.PolicyRule;
import dev.flotilla.policy.decision.Rule;
import dev.flotilla.policy.decision.RuleBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rule book of now, and of any revision. Each question for the present one reads the number of the last revision, in one indexed select; only
 * when that has risen are the changes since then read. So what one instance stored, every other one honours from its next question on.
 */
@Component
public class RuleBooks {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Loaded loaded = new Loaded(RuleBook.of(-1, List.of()), Map.of());

    RuleBooks(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private record Key(Kind kind, String name) {}

    private record Loaded(RuleBook book, Map<Key, Rule> rules) {}

    /** @param rule null where it was removed */
    private record Entry(long revision, Key key, @Nullable Rule rule) {}

    /** The rules as they are at this moment. */
    public RuleBook current() {
        long revision = jdbc.sql("select revision from rule_revision_counter")
                .query(Long.class)
                .single();
        Loaded known = loaded;
        return known.book().revision() >= revision ? known.book() : refreshed(revision);
    }

    private RuleBook refreshed(long revision) {
        refreshing.lock();
        try {
            Loaded known = loaded;
            if (known.book().revision() < revision) {
                known = known.book().revision() < 0 ? everything() : changed(known);
                loaded = known;
            }
            return known.book();
        } finally {
            refreshing.unlock();
        }
    }

    private Loaded everything() {
        List<Entry> entries = jdbc.sql("""
                select c.revision, r.kind, r.name, r.definition::text as definition
                from rule_revision_counter c left join rule r on true
                """).query(this::entry).list();
        Map<Key, Rule> rules = new HashMap<>();
        entries.forEach(entry -> apply(entry, rules));
        return loaded(entries.getFirst().revision(), rules);
    }

    private Loaded changed(Loaded known) {
        List<Entry> entries =
                jdbc.sql("""
                select revision, kind, name, after::text as definition from rule_revision where revision > ? order by revision
                """).param(known.book().revision()).query(this::entry).list();
        Map<Key, Rule> rules = new HashMap<>(known.rules());
        entries.forEach(entry -> apply(entry, rules));
        return loaded(entries.getLast().revision(), rules);
    }

    /** The rules as they were at a revision. */
    public RuleBook at(long revision) {
        Map<Key, Rule> rules = new HashMap<>();
        jdbc.sql("""
                select distinct on (kind, name) revision, kind, name, after::text as definition from rule_revision
                where revision <= ? order by kind, name, revision desc
                """).param(revision).query(this::entry).list().forEach(entry -> apply(entry, rules));
        return RuleBook.of(revision, rules.values());
    }

    private static Loaded loaded(long revision, Map<Key, Rule> rules) {
        return new Loaded(RuleBook.of(revision, rules.values()), rules);
    }

    private static void apply(Entry entry, Map<Key, Rule> rules) {
        if (entry.rule() == null) {
            rules.remove(entry.key());
        } else {
            rules.put(entry.key(), entry.rule());
        }
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        String kind = row.getString("kind");
        if (kind == null) {
            return new Entry(row.getLong("revision"), new Key(Kind.POLICY, ""), null);
        }
        Key key = new Key(Kind.valueOf(kind), row.getString("name"));
        String definition = row.getString("definition");
        return new Entry(row.getLong("revision"), key, definition == null ? null : rule(key, definition));
    }

    private Rule rule(Key key, String definition) {
        return switch (key.kind()) {
            case POLICY -> new PolicyRule(key.name(), json.readValue(definition, Policy.class));
            case OPT_OUT -> OptOutRule.of(key.name(), json.readValue(definition, OptOut.class));
            case OVERRIDE -> OverrideRule.of(key.name(), json.readValue(definition, PolicyOverride.class));
            case MAINTENANCE_REQUEST -> throw new IllegalStateException("no rule is of the kind " + key.kind());
        };
    }
}
