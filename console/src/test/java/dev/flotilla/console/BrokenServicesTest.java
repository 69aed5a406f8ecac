package dev.flotilla.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person sees when something is away: a service, the connection, the right to look. */
class BrokenServicesTest extends BrowserSession {
    @Test
    void aServiceThatIsDownIsNamedAndThePageGoesOn() {
        Page page = laptop();
        registry.away(true);
        try {
            assertThat(page.locator("#troubles")).containsText("version-registry-service is not reachable");
            assertThat(page.locator(".cell")).hasCount(100);
            page.reload();
            assertThat(page.locator("#troubles")).containsText("version-registry-service is not reachable");
            page.locator("#m-m80").click();
            assertThat(page.locator("#panel")).containsText("What runs on m80 can't be shown");
            assertThat(page.locator("#panel")).containsText("prod-west");
        } finally {
            registry.away(false);
        }
        assertThat(page.locator("#troubles .trouble")).hasCount(0);
    }

    @Test
    void aPanelStaysAndComesBackWhenItsServiceDoes() {
        Page page = laptop();
        page.locator("#deployment-d2").click();
        assertThat(page.locator("#panel")).containsText("Rollouts");
        orchestrator.away(true);
        try {
            assertThat(page.locator("#troubles")).containsText("orchestrator-service is not reachable");
            assertThat(page.locator("#panel")).containsText("Rollouts");
            page.reload();
            assertThat(page.locator(".cell")).hasCount(100);
            assertThat(page.locator("#panel")).containsText("The deployment d2 can't be shown");
        } finally {
            orchestrator.away(false);
        }
        assertThat(page.locator("#troubles .trouble")).hasCount(0);
        complaints.removeIf(complaint -> complaint.contains("503"));
    }

    @Test
    void anExpiredTokenLeadsToTheLogIn() {
        String brief = LocalIssuer.openOrCreate(data.resolve("keys"))
                .issue("tester", Set.of(Role.VIEWER), List.of(), List.of(), Duration.ofSeconds(5));
        Page page = page(new NewContextOptions());
        page.navigate(address("/login#token=" + brief));
        assertThat(page.locator("#connection")).hasText("live");
        page.waitForURL(address("/login"), new Page.WaitForURLOptions().setTimeout(30_000));
    }

    @Test
    void aBrokenConnectionIsShownAndComesBack() {
        Page page = laptop();
        page.route("**/events*", Route::abort);
        // A new view needs a new connection.
        page.locator("#service-proxy").click();
        assertThat(page.locator("#connection")).hasText("not connected, trying again");
        page.unroute("**/events*");
        assertThat(page.locator("#connection"))
                .hasText("live", new LocatorAssertions.HasTextOptions().setTimeout(15_000));
        complaints.removeIf(complaint -> complaint.contains("ERR_FAILED"));
    }

    @Test
    void anUnknownMachineIsNotFoundInWords() {
        Page page = laptop();
        page.navigate(address("/machines/m4711"));
        complaints.clear();
        assertThat(page.locator("main")).containsText("There is no machine 'm4711'.");
    }
}
