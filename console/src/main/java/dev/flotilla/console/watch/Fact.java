package dev.flotilla.console.watch;

/** A line of a panel: what it is, and its value. */
public record Fact(String name, String value) {}
