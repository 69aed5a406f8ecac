package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.DecisionRequest.Subject;

/** The change that is asked about: this machine to this version of this service. */
public record Change(String service, String version, Subject subject) {}
