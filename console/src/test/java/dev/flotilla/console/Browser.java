package dev.flotilla.console;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The Chromium of this machine, started once for all tests; they are skipped, with a message, where there is none. */
final class Browser {
    private static @Nullable Browser started;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-quic")));
    }

    static synchronized Browser open() {
        if (started == null) {
            started = start();
        }
        return started;
    }

    private static Browser start() {
        Optional<Path> executable = Stream.of(
                        System.getenv().getOrDefault("CHROMIUM", ""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                executable.isPresent(),
                "There is no Chromium on this machine (looked for /usr/bin/chromium): install it, or name one in the variable CHROMIUM");
        Browser browser = new Browser(executable.orElseThrow());
        Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
        return browser;
    }

    Page page(NewContextOptions options) {
        BrowserContext context = chromium.newContext(options);
        context.setDefaultTimeout(10_000);
        return context.newPage();
    }

    /** Ends all pages, and with them their connections. */
    void closePages() {
        chromium.contexts().forEach(BrowserContext::close);
    }

    private void close() {
        chromium.close();
        playwright.close();
    }
}
