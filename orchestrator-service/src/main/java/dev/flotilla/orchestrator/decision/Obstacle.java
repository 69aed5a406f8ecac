package dev.flotilla.orchestrator.decision;

/**
 * Something that could not be observed. While there is one nothing is ordered.
 *
 * @param rule which observation is missing
 * @param reason what went wrong, in words for a person
 */
public record Obstacle(Rule rule, String reason) {}
