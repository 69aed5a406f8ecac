package dev.flotilla.standalone.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.sift.AbstractDiscriminator;
import dev.flotilla.standalone.Part;
import org.jspecify.annotations.Nullable;

/**
 * Tells logback which service a line belongs to: the one whose package the logger is in, or else the one whose context the thread was
 * started for, or else the process itself ({@code defaultValue}).
 */
public final class ServiceDiscriminator extends AbstractDiscriminator<ILoggingEvent> {
    /** A thread belongs to the service that the thread that made it belongs to. */
    private static final InheritableThreadLocal<@Nullable String> SERVICE = new InheritableThreadLocal<>();

    private String defaultValue = "standalone";

    /** Marks this thread, and those it will start, as the service's. */
    public static void enter(String service) {
        SERVICE.set(service);
    }

    @Override
    public String getDiscriminatingValue(ILoggingEvent event) {
        Part part = Part.ofLogger(event.getLoggerName());
        if (part != null) {
            return part.folder();
        }
        String service = SERVICE.get();
        return service != null ? service : defaultValue;
    }

    @Override
    public String getKey() {
        return "service";
    }

    public void setDefaultValue(String defaultValue) {
        this.defaultValue = defaultValue;
    }
}
