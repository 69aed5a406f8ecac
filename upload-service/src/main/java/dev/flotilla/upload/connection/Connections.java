package dev.flotilla.upload.connection;

import jakarta.servlet.ServletRequest;

/** What controllers can say of the connection of a request. */
public final class Connections {
    private static final String BREAK_OFF = Connections.class.getName() + ".breakOff";

    private Connections() {}

    /** Closes it as it is once the request is done: the client sees that the answer is cut off. */
    public static void breakOff(ServletRequest request) {
        request.setAttribute(BREAK_OFF, true);
    }

    static boolean isToBreakOff(ServletRequest request) {
        return request.getAttribute(BREAK_OFF) != null;
    }
}
