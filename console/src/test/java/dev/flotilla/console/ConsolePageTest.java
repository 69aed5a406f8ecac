package dev.flotilla.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as a person meets it, in a real browser. */
class ConsolePageTest extends BrowserSession {
    @Test
    void aTokenInTheAddressLogsInAndDoesNotStayThere() {
        Page page = laptop();

        assertThat(page.url()).isEqualTo(address("/"));
        Cookie cookie = page.context().cookies().stream()
                .filter(c -> c.name.equals("flotilla_token"))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.httpOnly).isTrue();
        assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);

        page.getByText("Log out").click();
        assertThat(page).hasURL(address("/login"));
        page.navigate(address("/machines/m5"));
        assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"));
    }

    @Test
    void aPastedTokenLogsInAndGoesOnToWhereOneWanted() {
        Page page = page(new NewContextOptions());
        page.navigate(address("/machines/m5"));

        page.getByLabel("Token").fill("not-a-token");
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not accepted");

        page.getByLabel("Token").fill(token() + "\n");
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(page).hasURL(address("/machines/m5"));
        assertThat(page.locator("#panel-title")).containsText("m5");
    }

    @Test
    void theGridShowsVersionsByColourAndLetterAndMarksWhatIsWrong() {
        Page page = laptop();

        assertThat(page.locator(".cell")).hasCount(100);
        assertThat(page.locator(".group")).hasCount(4);
        assertThat(page.locator(".fd")).hasCount(20);
        assertThat(colour(page.locator("#m-m1"))).isNotEqualTo(colour(page.locator("#m-m90")));
        assertThat(page.locator("#m-m1").textContent())
                .isNotEqualTo(page.locator("#m-m90").textContent());
        assertThat(page.locator("#m-m1")).hasAttribute("aria-label", "m1: hello 1.1.0, running");
        assertThat(page.locator("#m-m70")).hasAttribute("aria-label", "m70: hello 1.0.0, crashed");
        assertThat(page.locator("#m-m71")).hasAttribute("aria-label", Pattern.compile(".*lost.*"));
        assertThat(page.locator("#m-m71")).containsText("?");
        assertThat(page.locator("#m-m70")).containsText("!");
        assertThat(page.locator("#legend")).containsText(Pattern.compile("1\\.1\\.0\\s*60"));
        assertThat(page.locator("#legend")).containsText(Pattern.compile("1\\.0\\.0\\s*39"));
        assertThat(page.locator("#card-d2")).containsText("60 of 100 run it");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console.png")));

        page.locator("#service-proxy").click();
        assertThat(page.locator("#m-m1")).hasAttribute("aria-label", "m1: proxy 2026.11, running");
        assertThat(page.locator("#m-m3")).hasAttribute("aria-label", "m3: no proxy");
    }

    private static Object colour(Locator cell) {
        return cell.evaluate("cell => getComputedStyle(cell).backgroundColor");
    }

    @Test
    void whatChangesArrivesByItself() {
        Page page = laptop();
        assertThat(page.locator("#m-m90")).hasAttribute("aria-label", "m90: hello 1.0.0, running");

        registry.runs("m90", "hello", "1.1.0", RunState.RUNNING);
        orchestrator.put(FakeWorld.rollingOut(61));
        assertThat(page.locator("#m-m90")).hasAttribute("aria-label", "m90: hello 1.1.0, running");
        assertThat(page.locator("#legend")).containsText(Pattern.compile("1\\.1\\.0\\s*61"));
        assertThat(page.locator("#card-d2")).containsText("61 of 100 run it");

        registry.runs("m90", "hello", "1.0.0", RunState.RUNNING);
        orchestrator.put(FakeWorld.halted());
        assertThat(page.locator("#m-m90")).hasAttribute("aria-label", "m90: hello 1.0.0, running");
        assertThat(page.locator("#card-d2")).containsText("3 machines failed, 2 are allowed");
        orchestrator.put(FakeWorld.rollingOut(60));
        assertThat(page.locator("#card-d2")).containsText("60 of 100 run it");
    }

    @Test
    void aClickOnAMachineShowsWhatRunsThereAndWhy() throws Exception {
        Page page = laptop();

        page.locator("#m-m80").click();
        Locator panel = page.locator("#panel");
        assertThat(panel).containsText("prod-west, region west");
        assertThat(panel).containsText("waiting fd4 is being changed: fault domains go one after the other");
        assertThat(panel.locator(".why")).containsText("Rulefault-domain");
        assertThat(panel.locator(".why")).containsText("Bythe rollout's order: one fault domain after the other");
        assertThat(panel.locator(".why")).containsText("Since22 Nov 12:01:00 UTC");
        assertThat(panel.locator(".why")).containsText("Unblockthe machines named run the version");
        assertThat(panel.locator(".why")).containsText("Attempts0Deploymentd2 of 1.1.0, rolling out");
        assertThat(panel).containsText("35,224 bytes");
        assertThat(panel.locator("#log-hello pre")).hasText("listening on 9000\nsaid <hello> to 3 guests");
        assertThat(agent.lastToken.get())
                .as("the console's token for agents: a machine never sees the viewer's")
                .isEqualTo("Bearer " + Files.readString(data.resolve("to-agents.token")));
        assertThat(page).hasURL(Pattern.compile(".*/machines/m80\\?service=hello"));
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-machine.png")));

        page.locator("#m-m72").click();
        assertThat(panel).containsText("Opted out by olga: a customer demonstration");
        page.locator("#m-m64").click();
        assertThat(panel).containsText("exited with 3 within 2 s");
        registry.runs("m64", "hello", "1.1.0", RunState.RUNNING);
        assertThat(panel.locator(".service h3")).containsText("hello 1.1.0");
        registry.runs("m64", "hello", "1.0.0", RunState.RUNNING);
    }

    @Test
    void aDeploymentShowsItsRolloutsAndTheMachinesThatNeedAttention() {
        Page page = laptop();

        page.locator("#deployment-d2").click();
        Locator panel = page.locator("#panel");
        assertThat(panel).containsText("prod-west web");
        assertThat(panel).containsText("Failed machines");
        assertThat(panel).containsText("exited with 3 within 2 s");
        assertThat(panel.locator(".attention").first())
                .containsText("Rule set-aside, by the option maxAttempts of d2, which is 3, since 22 Nov 12:01:30 UTC");

        orchestrator.put(FakeWorld.halted());
        assertThat(panel.locator(".resume")).containsText("./flotilla resume d2 --reason");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-deployment.png")));
        assertThat(panel.locator(".resume")).containsText("When the cause is mended, let it go on;");
        orchestrator.put(FakeWorld.halted(DeploymentState.PAUSED_BY + "ann: lunch"));
        assertThat(panel.locator(".state")).containsText("paused: 60 of 100 run it");
        assertThat(panel.locator(".resume")).containsText("Let it go on;");
        orchestrator.put(FakeWorld.rolledBack());
        assertThat(panel.locator("dl.facts").first())
                .containsText("rolled back byd9left behind1.1.0 stays on 7 machines");
        assertThat(panel.locator(".ended").first()).containsText("rolled back by ann: it eats memory");
        assertThat(panel.locator("p.halted")).hasCount(0);
        orchestrator.put(FakeWorld.rollingOut(60));
        assertThat(panel.locator(".resume")).hasCount(0);
    }

    @Test
    void aDeploymentSaysWhatHoldsEachRolloutSinceWhenByWhomAndWhatWouldEndThat() {
        Page page = laptop();

        page.locator("#deployment-d2").click();
        Locator why = page.locator("#panel .rollouts > li > .why");
        assertThat(why).containsText("Since22 Nov 12:00:01 UTC");
        assertThat(why).containsText("Held bym65, m66: tenant acme: it is asked");
        assertThat(why).containsText("Unblockthe tenant acknowledges");
        Locator all = page.locator("#panel details.waits");
        assertThat(all.getByText("tenant acme, who is asked for IMPACT_START of fd5"))
                .isHidden();
        all.locator("summary").click();
        assertThat(all).containsText("2 machines waiting tenant acme: it is asked");
        assertThat(all).containsText("Bytenant acme, who is asked for IMPACT_START of fd5");
        assertThat(all).containsText("Until22 Nov 12:30:00 UTC");

        orchestrator.put(FakeWorld.rollingOut(61));
        assertThat(page.locator("#panel .state")).containsText("61 of 100 run it");
        assertThat(all.getByText("tenant acme, who is asked for IMPACT_START of fd5"))
                .isVisible();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/console-why.png"))
                .setFullPage(true));
        orchestrator.put(FakeWorld.rollingOut(60));
    }

    @Test
    void aPlanIsMadeWhenItIsAskedForAndStaysWhileThePanelIsWrittenAnew() {
        Page page = loggedIn(new NewContextOptions().setViewportSize(1366, 1600));

        page.locator("#deployment-d2").click();
        page.getByText("Make the plan").click();
        Locator plan = page.locator("#plan");
        assertThat(plan)
                .containsText(
                        "It will change 22 machines; 1 has it already and proves itself; that takes about 3 min 20 s.");
        assertThat(plan.getByRole(AriaRole.TABLE)).hasCount(1);
        assertThat(plan.getByRole(AriaRole.ROW)).hasCount(4);
        assertThat(plan).containsText("Waits for m65, m66: tenant acme is asked first");
        assertThat(plan).containsText("1 machine excused a customer demonstration");
        assertThat(plan).containsText("nothing fails");

        orchestrator.put(FakeWorld.rollingOut(61));
        assertThat(page.locator("#panel .state")).containsText("61 of 100 run it");
        assertThat(plan).containsText("It will change 22 machines");
        plan.scrollIntoViewIfNeeded();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-plan.png")));
        orchestrator.put(FakeWorld.rollingOut(60));
    }

    @Test
    void theKeyboardReachesEverything() {
        Page page = laptop();

        page.locator("#m-m1").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#m-m6")).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("#m-m7")).isFocused();
        registry.runs("m7", "hello", "1.0.0", RunState.RUNNING);
        assertThat(page.locator("#m-m7")).hasAttribute("aria-label", "m7: hello 1.0.0, running");
        assertThat(page.locator("#m-m7")).isFocused();

        page.keyboard().press("Enter");
        assertThat(page.locator("#panel-title")).isFocused();
        assertThat(page.locator("#panel-title")).containsText("m7");
        page.keyboard().press("Escape");
        assertThat(page.locator("#m-m7")).isFocused();
        assertThat(page.locator("#panel-title")).hasCount(0);
        registry.runs("m7", "hello", "1.1.0", RunState.RUNNING);
        assertThat(page.locator("#m-m7")).hasAttribute("aria-label", "m7: hello 1.1.0, running");
    }

    @Test
    void aPhoneShowsAllOfItWithoutScrollingSideways() {
        Page page = loggedIn(new NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true));

        assertFits(page);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-phone.png")));
        page.locator("#m-m80").tap();
        assertThat(page.locator("#panel")).containsText("fd4 is being changed");
        assertThat(page.locator("#log-hello pre")).isVisible();
        assertFits(page);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/console-phone-machine.png")));
        page.getByText("Close").tap();
        assertThat(page.locator("#panel-title")).hasCount(0);
    }

    private static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
    }
}
