package dev.flotilla.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What tests in a browser share: the console over the fake world, a person who is logged in, and an ear for what the browser complains of. */
@ServiceTest
@Import(FakeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserSession {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeRegistry registry;

    @Autowired
    FakeOrchestrator orchestrator;

    @Autowired
    FakeAgent agent;

    @Value("${flotilla.data}")
    Path data;

    private Browser browser;
    String bearer = "";
    final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    void openBrowser() {
        browser = Browser.open();
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        browser.closePages();
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        assertThat(heard).isEmpty();
    }

    String token() {
        bearer = tokens.bearer(Role.VIEWER);
        return bearer.substring("Bearer ".length());
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    Page page(NewContextOptions options) {
        Page page = browser.page(options);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !message.text().contains("401")
                    && !message.text().equals("[object Event]")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    Page loggedIn(NewContextOptions options) {
        Page page = page(options);
        page.navigate(address("/login#token=" + token()));
        assertThat(page.locator("#connection")).hasText("live");
        assertThat(page.locator("#m-m1")).isVisible();
        return page;
    }

    Page laptop() {
        return loggedIn(new NewContextOptions().setViewportSize(1366, 850));
    }
}
