package dev.flotilla.platform.security;

/** The bearer token with which this process calls others. */
@FunctionalInterface
public interface TokenSource {
    /** The token to send now; read anew for each call, because tokens are renewed. */
    String token();
}
