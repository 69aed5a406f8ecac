package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules by the narrowest name in their selector, so that a question meets few that it has nothing to do with. Immutable. */
final class RuleIndex {
    private final Map<String, List<Rule>> ofMachine = new HashMap<>();
    private final Map<String, List<Rule>> ofTenant = new HashMap<>();
    private final Map<String, List<Rule>> ofService = new HashMap<>();
    private final Map<String, List<Rule>> ofFunction = new HashMap<>();
    private final Map<String, List<Rule>> ofEnvironment = new HashMap<>();
    private final Map<String, List<Rule>> ofRegion = new HashMap<>();
    private final List<Rule> ofAll = new ArrayList<>();

    RuleIndex(Collection<? extends Rule> rules) {
        rules.forEach(this::add);
    }

    private void add(Rule rule) {
        Selector selector = rule.selector();
        if (selector.machine() != null) {
            add(ofMachine, selector.machine(), rule);
        } else if (selector.tenant() != null) {
            add(ofTenant, selector.tenant(), rule);
        } else if (selector.service() != null) {
            add(ofService, selector.service(), rule);
        } else if (selector.machineFunction() != null) {
            add(ofFunction, selector.machineFunction(), rule);
        } else if (selector.environment() != null) {
            add(ofEnvironment, selector.environment(), rule);
        } else if (selector.region() != null) {
            add(ofRegion, selector.region(), rule);
        } else {
            ofAll.add(rule);
        }
    }

    private static void add(Map<String, List<Rule>> index, String name, Rule rule) {
        index.computeIfAbsent(name, any -> new ArrayList<>(1)).add(rule);
    }

    /** Those that match a change and name its machine. */
    List<Rule> naming(String service, Subject subject) {
        List<Rule> rules = ofMachine.get(subject.machine());
        return rules == null
                ? List.of()
                : rules.stream()
                        .filter(rule -> Specificity.matches(rule.selector(), service, subject))
                        .toList();
    }

    /** Those that match a change whatever its machine is called. */
    List<Rule> about(String service, Subject subject) {
        List<Rule> found = new ArrayList<>();
        collect(ofAll, service, subject, found);
        collect(ofRegion.get(subject.region()), service, subject, found);
        collect(ofEnvironment.get(subject.environment()), service, subject, found);
        collect(ofFunction.get(subject.machineFunction()), service, subject, found);
        collect(ofService.get(service), service, subject, found);
        String tenant = subject.tenant();
        if (tenant != null) {
            collect(ofTenant.get(tenant), service, subject, found);
        }
        return found;
    }

    private static void collect(
            @org.jspecify.annotations.Nullable List<Rule> rules, String service, Subject subject, List<Rule> found) {
        if (rules != null) {
            for (Rule rule : rules) {
                if (Specificity.matches(rule.selector(), service, subject)) {
                    found.add(rule);
                }
            }
        }
    }
}
