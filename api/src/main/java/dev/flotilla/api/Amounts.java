package dev.flotilla.api;

/** How an amount of machines is written: a number, in JSON also as one, or a share. The pattern is anchored: use it with {@code matches}. */
public final class Amounts {
    /** At least one machine: {@code 5}, {@code 20%}. */
    public static final String SOME = "[1-9]\\d{0,5}|([1-9]\\d?|100)%";

    public static final String SOME_ALLOWED =
            "must be a number of machines from 1 to 999999, or a share from 1% to 100%";

    /** None, or some: {@code 0}, {@code 0%}, {@code 5}, {@code 20%}. */
    public static final String ANY = "0|0%|" + SOME;

    public static final String ANY_ALLOWED =
            "must be a number of machines from 0 to 999999, or a share from 0% to 100%";

    private Amounts() {}
}
