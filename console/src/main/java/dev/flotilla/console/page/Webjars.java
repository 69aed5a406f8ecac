package dev.flotilla.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** The versions of the JavaScript libraries on the class path, which are part of their addresses. */
@Component
class Webjars {
    private final String htmx = version("htmx.org");
    private final String htmxSse = version("htmx-ext-sse");

    public String getHtmx() {
        return htmx;
    }

    public String getHtmxSse() {
        return htmxSse;
    }

    private static String version(String artifact) {
        String file = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
        try (InputStream in = Webjars.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(artifact + " is not on the class path: there is no " + file);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
