package dev.flotilla.policy.decision.condition;

/** A text that is no condition. The message says what is wrong, and where. */
public final class ConditionMistake extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    ConditionMistake(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1. */
    public int column() {
        return column;
    }

    /** For a person: position and mistake. */
    public String described() {
        return "line " + line + ", column " + column + ": " + getMessage();
    }
}
