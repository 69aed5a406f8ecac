package dev.flotilla.registry.changes;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers readers of the change feed: from memory where it reaches back far enough, else from the database. */
@Component
public class FeedReader {
    private static final Duration MOST_WAIT = Duration.ofSeconds(30);
    private static final int MOST_CHANGES = 10_000;
    private static final String NEWEST = "now";

    private final Feed feed;
    private final ChangeLog log;
    private @Nullable UUID id;

    FeedReader(Feed feed, ChangeLog log) {
        this.feed = feed;
        this.log = log;
    }

    /** Learns which feed this is, before the first reader comes. */
    public void start() {
        id = log.feed();
    }

    /** What {@code GET /v1/changes} promises. */
    public Page<Change> read(@Nullable String cursor, int limit, Duration wait) {
        Limits.check(limit, MOST_CHANGES);
        if (wait.isNegative() || wait.compareTo(MOST_WAIT) > 0) {
            throw ProblemException.badRequest("wait", "must be from PT0S to " + MOST_WAIT, wait);
        }
        if (NEWEST.equals(cursor)) {
            return new Page<>(List.of(), cursor(feed.head()));
        }
        long after = cursor == null ? log.beforeOldest() : position(cursor);
        if (after >= feed.head() && wait.isPositive()) {
            feed.awaitAfter(after, wait.toNanos());
        }
        List<Change> changes = changesAfter(after, limit);
        return new Page<>(
                changes, cursor(changes.isEmpty() ? after : changes.getLast().seq()));
    }

    private List<Change> changesAfter(long after, int limit) {
        List<Change> recent = feed.after(after, limit);
        if (recent != null) {
            return recent;
        }
        List<Change> older = log.after(after, limit);
        if (older.isEmpty() || older.getFirst().seq() != after + 1) {
            throw gone();
        }
        return older;
    }

    private long position(String cursor) {
        List<String> parts = Cursors.inFeed(cursor, 2);
        long after;
        try {
            after = Long.parseLong(parts.get(1));
        } catch (NumberFormatException e) {
            throw unreadable(cursor);
        }
        if (after < 0) {
            throw unreadable(cursor);
        }
        boolean otherFeed = !parts.getFirst().equals(String.valueOf(id));
        // Another instance may be ahead of this one, but not ahead of the database.
        if (otherFeed || (after > feed.head() && after > log.head())) {
            throw gone();
        }
        return after;
    }

    private static ProblemException unreadable(String cursor) {
        return ProblemException.badRequest("cursor", "must be 'now' or the nextCursor of a page of this feed", cursor);
    }

    private String cursor(long seq) {
        return Cursors.ofFeed(Objects.requireNonNull(id).toString(), Long.toString(seq));
    }

    private static ProblemException gone() {
        return ProblemException.gone(
                "cursor: the feed no longer has what follows it; take a new one with cursor=now, read the machines anew, then follow from it");
    }
}
