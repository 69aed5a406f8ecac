package dev.flotilla.policy.rule;

import dev.flotilla.api.Names;
import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What all kinds of rules have in common: put, found, removed and listed by callers who may. */
@Component
class Rules {
    private static final int LARGEST_PAGE = 1_000;
    private static final Instant LAST_UNTIL = Instant.parse("9999-12-31T23:59:59Z");

    private final RuleTable table;
    private final JsonMapper json;
    private final InstantSource clock;

    Rules(RuleTable table, JsonMapper json, InstantSource clock) {
        this.table = table;
        this.json = json;
        this.clock = clock;
    }

    /** As precise as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A 403 problem unless the caller may change rules. */
    static Caller operator() {
        Caller caller = Caller.current();
        caller.require(Role.OPERATOR);
        return caller;
    }

    /** A time to come, as precise as the database keeps it; null for never. */
    static @Nullable Instant checkedUntil(@Nullable Instant until, Instant now) {
        if (until == null) {
            return null;
        }
        if (!until.isAfter(now) || until.isAfter(LAST_UNTIL)) {
            throw ProblemException.badRequest(
                    "until", "must be a time to come, before the year 10000, or null for never", until);
        }
        return until.truncatedTo(ChronoUnit.MICROS);
    }

    StoredRule put(Kind kind, String name, Object definition, @Nullable Instant until) {
        return table.change(new RuleTable.Change(
                        kind,
                        name,
                        json.writeValueAsString(definition),
                        until,
                        operator().name(),
                        now()))
                .orElseThrow();
    }

    void delete(Kind kind, String name) {
        table.change(new RuleTable.Change(kind, name, null, null, operator().name(), now()));
    }

    Optional<StoredRule> find(Kind kind, String name) {
        return table.find(kind, name);
    }

    <T> T definition(StoredRule rule, Class<T> type) {
        return json.readValue(rule.definition(), type);
    }

    <D, T> T found(Kind kind, String name, Class<D> type, BiFunction<StoredRule, D, T> shown) {
        StoredRule rule = find(kind, name)
                .orElseThrow(() -> ProblemException.notFound(
                        "name", name, "There is no " + called(kind) + " of the name '" + name + "'."));
        return shown.apply(rule, definition(rule, type));
    }

    private static String called(Kind kind) {
        return switch (kind) {
            case POLICY -> "policy";
            case OPT_OUT -> "opt-out";
            case OVERRIDE -> "override";
            case MAINTENANCE_REQUEST -> "maintenance request";
        };
    }

    /** Those whose definition contains this. */
    RuleFilter containing(Map<String, Object> part) {
        return RuleFilter.containing(json.writeValueAsString(part));
    }

    /** A page of the rules that have not ended. */
    <D, T> Page<T> page(
            Kind kind,
            int limit,
            @Nullable String cursor,
            RuleFilter filter,
            Class<D> type,
            BiFunction<StoredRule, D, T> shown) {
        Limits.check(limit, LARGEST_PAGE);
        String after = cursor == null ? "" : Cursors.decode(cursor, 1).getFirst();
        if (cursor != null && !Names.isPlace(after)) {
            throw ProblemException.badRequest("cursor", "must be the nextCursor of a page of the same list", cursor);
        }
        List<StoredRule> found =
                table.current(kind, Map.of("after", after, "now", Timestamp.from(now()), "limit", limit + 1), filter);
        List<StoredRule> shownOnes = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                shownOnes.stream()
                        .map(rule -> shown.apply(rule, definition(rule, type)))
                        .toList(),
                found.size() > limit ? Cursors.encode(shownOnes.getLast().name()) : null);
    }
}
