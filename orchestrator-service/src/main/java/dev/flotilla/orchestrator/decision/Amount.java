package dev.flotilla.orchestrator.decision;

/**
 * So many machines: a number, or a share of all.
 *
 * @param value the number, or the percentage
 * @param share true for a percentage
 */
public record Amount(int value, boolean share) {

    /** Reads {@code 5} or {@code 20%}, as the options of a deployment are written. */
    public static Amount parse(String text) {
        return text.endsWith("%")
                ? new Amount(Integer.parseInt(text.substring(0, text.length() - 1)), true)
                : new Amount(Integer.parseInt(text), false);
    }

    /** How many that is of so many machines; a share is rounded up and is at least one. */
    public int roundedUp(int machines) {
        return share ? Math.max(1, Math.ceilDiv(Math.multiplyExact(machines, value), 100)) : value;
    }

    /** How many that is of so many machines; a share is rounded down. */
    public int roundedDown(int machines) {
        return share ? Math.multiplyExact(machines, value) / 100 : value;
    }

    @Override
    public String toString() {
        return share ? value + "%" : String.valueOf(value);
    }
}
