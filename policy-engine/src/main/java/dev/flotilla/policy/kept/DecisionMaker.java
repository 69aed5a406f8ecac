package dev.flotilla.policy.kept;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.KeptDecisions;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.policy.decision.OpenRequest;
import dev.flotilla.policy.decision.RuleBook;
import dev.flotilla.policy.rule.RuleBooks;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes decisions by the rules of this moment, keeps them, and makes them again. */
@Component
public class DecisionMaker {
    private final RuleBooks books;
    private final OpenRequests requests;
    private final KeptTable kept;

    DecisionMaker(RuleBooks books, OpenRequests requests, KeptTable kept) {
        this.books = books;
        this.requests = requests;
        this.kept = kept;
    }

    /** Decides, and answers only what is kept. */
    public Decisions decide(DecisionRequest request, String caller, Instant now) {
        RuleBook book = books.current();
        List<OpenRequest> open = openRequests(request, now);
        List<Decision> decisions = book.decide(request, open, now);
        return new Decisions(kept.keep(new Content(request, open, decisions), book.revision(), caller, now), decisions);
    }

    /** Decides, looks ahead where that is wanted, and keeps nothing. */
    public Decisions preview(DecisionRequest request, boolean outlook, Instant now) {
        RuleBook book = books.current();
        List<OpenRequest> open = openRequests(request, now);
        List<Decision> decisions = book.decide(request, open, now);
        return new Decisions(null, decisions, outlook ? book.outlooks(request, open, decisions, now) : null);
    }

    private List<OpenRequest> openRequests(DecisionRequest request, Instant now) {
        Set<String> tenants = request.machines().stream()
                .map(Subject::tenant)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (tenants.isEmpty()) {
            return List.of();
        }
        Set<String> machines = request.machines().stream().map(Subject::machine).collect(Collectors.toSet());
        return requests.of(tenants, now).stream()
                .map(each -> each.only(machines))
                .filter(each -> !each.machines().isEmpty())
                .toList();
    }

    /** Question and answer of that id. */
    public KeptDecisions find(String id) {
        return shown(row(id));
    }

    /** The same question again, at the same moment, to the rules of then. */
    public KeptDecisions.Replay replay(String id) {
        KeptTable.Row row = row(id);
        List<Decision> again = books.at(row.revision())
                .decide(row.content().request(), row.content().open(), row.at());
        return new KeptDecisions.Replay(again.equals(row.content().decisions()), shown(row), new Decisions(id, again));
    }

    private KeptTable.Row row(String id) {
        return kept.find(id)
                .orElseThrow(
                        () -> ProblemException.notFound("id", id, "There are no decisions of the id '" + id + "'."));
    }

    private static KeptDecisions shown(KeptTable.Row row) {
        return new KeptDecisions(
                row.id(),
                row.at(),
                row.lastAt(),
                row.times(),
                row.by(),
                row.revision(),
                row.content().request(),
                new Decisions(row.id(), row.content().decisions()));
    }
}
