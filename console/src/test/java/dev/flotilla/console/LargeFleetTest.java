package dev.flotilla.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** A fleet of 10,000 machines in ten groups: shares first, then the machines of one group. */
@ServiceTest
@Import(LargeFleetTest.World.class)
class LargeFleetTest {
    @TestConfiguration(proxyBeanMethods = false)
    static class World {
        @Bean
        @Primary
        FakeDevices devices() {
            FakeDevices devices = new FakeDevices();
            for (int i = 0; i < 10_000; i++) {
                int group = i / 1000;
                devices.add(new Machine(
                        "m" + i,
                        "prod-" + group / 2,
                        group % 2 == 0 ? "web" : "db",
                        "fd" + i % 5,
                        "region-" + group / 5,
                        "http://127.0.0.1:8084"));
            }
            return devices;
        }

        @Bean
        @Primary
        FakeRegistry registry() {
            FakeRegistry registry = new FakeRegistry();
            for (int i = 0; i < 10_000; i++) {
                registry.runs(
                        "m" + i,
                        "hello",
                        i % 1000 < 300 ? "1.1.0" : "1.0.0",
                        i == 4711 ? RunState.CRASHED : RunState.RUNNING);
            }
            return registry;
        }

        @Bean
        @Primary
        FakeOrchestrator orchestrator() {
            return new FakeOrchestrator();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeRegistry registry;

    @Test
    void isShownAsSharesAndOneGroupAsMachinesLive() {
        Browser browser = Browser.open();
        try {
            Page page = browser.page(new NewContextOptions().setViewportSize(1366, 850));
            page.navigate("http://127.0.0.1:" + port + "/login#token="
                    + tokens.bearer(Role.VIEWER).substring("Bearer ".length()));
            assertThat(page.locator("#legend")).containsText("10,000 machines");
            assertThat(page.locator(".cell")).hasCount(0);
            assertThat(page.locator(".shares")).hasCount(50);
            assertThat(page.locator("[id='fd-prod-2~web~fd1']")).containsText("140 run 1.0.0");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-10000.png")));

            page.locator("[id='link-group-prod-2~web']").click();
            assertThat(page.locator(".cell")).hasCount(1000);
            assertThat(page.locator("#connection")).hasText("live");
            assertThat(page.locator(".crumbs")).containsText("all machines");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-1000.png")));

            long start = System.nanoTime();
            for (int i = 4000; i < 5000; i++) {
                registry.runs("m" + i, "hello", "1.2.0", RunState.RUNNING);
            }
            assertThat(page.locator("#legend")).containsText(Pattern.compile("1\\.2\\.0\\s*1,000"));
            assertThat(page.locator("#m-m4999")).hasAttribute("aria-label", "m4999: hello 1.2.0, running");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        } finally {
            browser.closePages();
        }
    }
}
