package dev.flotilla.platform.client;

import org.jspecify.annotations.Nullable;

/** Another service gave no answer, or said that it can't now: trying again later makes sense. */
public class RemoteUnavailable extends RuntimeException {
    public RemoteUnavailable(String service, String why, @Nullable Throwable cause) {
        super(service + " can't be reached: " + why, cause);
    }
}
