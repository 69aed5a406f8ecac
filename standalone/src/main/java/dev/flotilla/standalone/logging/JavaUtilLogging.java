package dev.flotilla.standalone.logging;

import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends what is logged through {@code java.util.logging}, as Tomcat does, to the same files as all else. The JVM makes one of these
 * when it is named by {@code java.util.logging.config.class}.
 */
public final class JavaUtilLogging {
    public JavaUtilLogging() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
