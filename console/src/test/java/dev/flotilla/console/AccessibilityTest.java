package dev.flotilla.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Everybody can use the page, whatever they see and however they point. */
class AccessibilityTest extends BrowserSession {
    @Test
    void everybodyCanUseItInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page =
                    loggedIn(new NewContextOptions().setViewportSize(1366, 850).setColorScheme(scheme));
            assertAccessible(page);
            Object background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor");
            assertThat(background).isEqualTo(scheme == ColorScheme.DARK ? "rgb(15, 21, 27)" : "rgb(245, 247, 249)");
            page.locator("#m-m64").click();
            assertThat(page.locator("#log-hello pre")).isVisible();
            assertAccessible(page);
            page.locator("#deployment-d2").click();
            assertThat(page.locator("#panel")).containsText("Rollouts");
            page.locator("#panel details.waits summary").click();
            page.getByText("Make the plan").click();
            assertThat(page.locator("#plan table")).isVisible();
            assertAccessible(page);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/console-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
            for (String board : List.of("/policies", "/repairs", "/maintenance")) {
                page.navigate(address(board));
                assertThat(page.locator("#tables table").first()).isVisible();
                assertAccessible(page);
                page.setViewportSize(420, 850);
                assertAccessible(page);
                Object room = page.evaluate(
                        "[...document.querySelectorAll('.waves')].every(t => t.scrollWidth <= t.clientWidth)");
                assertThat(room)
                        .as("nothing of a table is cut off in a narrow window")
                        .isEqualTo(true);
                page.setViewportSize(1366, 850);
            }
            page.getByText("Log out").click();
            assertThat(page.getByLabel("Token")).isVisible();
            assertAccessible(page);
        }
    }

    private static void assertAccessible(Page page) {
        List<Rule> violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertThat(violations)
                .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " "
                        + rule.getNodes().stream()
                                .limit(3)
                                .map(node -> node.getHtml())
                                .toList())
                .isEmpty();
    }
}
