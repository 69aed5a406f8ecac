package dev.flotilla.agent.payload;

/** The bytes could not be had. The message says why, for a person. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /** @param forGood true where trying again is of no use */
    public FetchException(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    boolean forGood() {
        return forGood;
    }
}
