package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides a request again at each moment to come at which a rule that is about it may say something else. */
final class Forecast {
    static final Duration HORIZON = Duration.ofDays(30);

    /** Two a day for three weeks. */
    private static final int MOST_MOMENTS = 42;

    private final RuleIndex index;
    private final DecisionRequest request;
    private final List<OpenRequest> open;
    private final Instant now;
    private final Set<Rule> rules = Collections.newSetFromMap(new IdentityHashMap<>());

    Forecast(RuleIndex index, DecisionRequest request, List<OpenRequest> open, Instant now) {
        this.index = index;
        this.request = request;
        this.open = open;
        this.now = now;
        Set<Subject> places = new HashSet<>();
        request.machines().forEach(subject -> {
            rules.addAll(index.naming(request.service(), subject));
            if (places.add(nameless(subject))) {
                rules.addAll(index.about(request.service(), subject));
            }
        });
    }

    private static Subject nameless(Subject subject) {
        return new Subject(
                "-",
                subject.environment(),
                subject.machineFunction(),
                subject.faultDomain(),
                subject.region(),
                subject.tenant());
    }

    /** What is alike of machines that are told together. */
    private record Future(List<Outlook.Change> changes, List<String> unforeseen) {}

    List<Outlook> after(List<Decision> first) {
        List<List<Outlook.Change>> changes = first.stream()
                .<List<Outlook.Change>>map(any -> new ArrayList<>())
                .toList();
        Instant knownUntil = follow(first, changes);
        Map<Future, List<String>> alike = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            Subject subject = request.machines().get(i);
            alike.computeIfAbsent(new Future(changes.get(i), unforeseen(subject)), any -> new ArrayList<>())
                    .add(subject.machine());
        }
        return alike.entrySet().stream()
                .map(each -> new Outlook(
                        each.getValue(),
                        each.getKey().changes(),
                        knownUntil,
                        each.getKey().unforeseen()))
                .toList();
    }

    /** Up to when that is known. */
    private Instant follow(List<Decision> first, List<List<Outlook.Change>> changes) {
        Instant horizon = now.plus(HORIZON);
        List<Decision> before = first;
        Instant moment = next(now);
        long spent = 0;
        for (int moments = 0; moment != null && moment.isBefore(horizon); moments++) {
            if (moments == MOST_MOMENTS || spent > RuleReading.BUDGET) {
                return moment;
            }
            Round round = new Round(index, request, openAt(moment), moment);
            List<Decision> then = round.decisions();
            for (int i = 0; i < then.size(); i++) {
                if (!then.get(i).equals(before.get(i))) {
                    changes.get(i).add(change(moment, then.get(i)));
                }
            }
            spent += round.spent();
            before = then;
            moment = next(moment);
        }
        return horizon;
    }

    private static Outlook.Change change(Instant at, Decision then) {
        return new Outlook.Change(at, then.effect(), then.reason(), then.policy(), then.kind(), then.until());
    }

    private @Nullable Instant next(Instant moment) {
        return Stream.concat(
                        rules.stream().map(rule -> rule.changesAfter(moment)),
                        open.stream().map(OpenRequest::until).filter(until -> until != null && until.isAfter(moment)))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private List<OpenRequest> openAt(Instant moment) {
        return open.stream()
                .filter(each -> each.until() == null || each.until().isAfter(moment))
                .toList();
    }

    private List<String> unforeseen(Subject subject) {
        return rules.stream()
                .filter(rule -> rule instanceof PolicyRule policy && policy.readsNow() && !policy.endedBy(now))
                .filter(rule -> Specificity.matches(rule.selector(), request.service(), subject))
                .map(Rule::name)
                .sorted()
                .toList();
    }
}
