package dev.flotilla.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of operators: which rules hold, what is under repair, what tenants are asked. */
class BoardsTest extends BrowserSession {
    private static Locator table(Page page, String title) {
        return page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(title).setExact(true))
                .locator("table");
    }

    private static Page board(Page page, String name) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        assertThat(page.getByRole(AriaRole.NAVIGATION).locator("[aria-current]"))
                .hasText(name);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/console-" + name.toLowerCase(Locale.ROOT) + ".png")));
        return page;
    }

    @Test
    void policiesOverridesAndOptOutsSayWhatTheyAreAboutUntilWhenAndByWhom() {
        Page page = board(laptop(), "Policies");
        assertThat(table(page, "Policies"))
                .containsText(
                        Pattern.compile(
                                "nights\\s*defer\\s*environment prod-west\\s*outside Mon, Tue 22:00 to 04:00 Europe/Berlin\\s*2 Jan 2031 05:00 UTC\\s*olga\\s*changes <at night> only"));
        assertThat(table(page, "Emergency overrides"))
                .containsText(
                        Pattern.compile(
                                "leak\\s*all that defers\\s*service hello\\s*22 Nov 13:00:00 UTC\\s*ops\\s*ann\\s*a leak of keys"));
        assertThat(table(page, "Opt-outs"))
                .containsText(Pattern.compile("keep-m72\\s*machine m72\\s*it is ended\\s*olga"));
        page.getByRole(AriaRole.NAVIGATION).getByText("Fleet").click();
        assertThat(page.locator(".cell")).hasCount(100);
    }

    @Test
    void repairsAreToldByGroupFaultDomainKindAndHolder() {
        Page page = board(laptop(), "Repairs");
        assertThat(table(page, "Under way"))
                .containsText(
                        Pattern.compile(
                                "prod-west/web\\s*fd1\\s*deploy of hello\\s*active\\s*6: m61, m62, m63, m64, m65 and 1 more\\s*d2~prod-west~web\\s*22 Nov 12:00:00 UTC\\s*22 Nov 12:10:00 UTC"));
        assertThat(table(page, "Asked for, not begun"))
                .containsText(Pattern.compile("r90\\s*m90\\s*prod-west/web\\s*fd1\\s*repave\\s*requested"));
        assertThat(table(page, "Expired in the last day"))
                .containsText(Pattern.compile("r5\\s*m5\\s*prod-west/web\\s*fd1\\s*repave.*olga\\s*an old disk"));
        assertThat(table(page, "Machines that are not healthy"))
                .containsText(Pattern.compile("m70.*failing.*olga.*the disk clicks", Pattern.DOTALL));
        table(page, "Machines that are not healthy").getByText("m70").click();
        assertThat(page.locator("#panel-title")).containsText("m70");
        assertThat(page.locator("#machine-facts"))
                .containsText(Pattern.compile(
                        "Tenant\\s*acme.*Health\\s*failing since 22 Nov 12:00:00 UTC, by olga: the disk clicks",
                        Pattern.DOTALL));
        assertThat(page.locator(".opt-out"))
                .hasText("Opted out on all machines of acme by olga: their year ends (keep-acme)");
        page.navigate(address("/machines/m5"));
        assertThat(page.locator(".opt-out")).hasCount(0);
        assertThat(page.locator("#machine-facts"))
                .containsText(Pattern.compile(
                        "Tenant\\s*none.*Health\\s*healthy.*Repair r5\\s*repave, expired since .*, by olga: an old disk",
                        Pattern.DOTALL));
        assertThat(page.locator("#machine-facts")).not().containsText("deployment d1");
        page.navigate(address("/machines/m62"));
        assertThat(page.locator("#machine-facts"))
                .containsText(
                        "deploy of hello, active since 22 Nov 12:00:00 UTC, until 22 Nov 12:10:00 UTC, by d2~prod-west~web");
    }

    @Test
    void requestsAreToldByTenantWithStepAndDeadline() {
        Page page = board(laptop(), "Maintenance");
        assertThat(table(page, "Tenant acme"))
                .containsText(
                        Pattern.compile(
                                "d2~prod-west~web\\s*hello 1.1.0\\s*pending\\s*1, impact start\\s*fd5\\s*2: m65, m70\\s*waiting\\s*22 Nov 12:15:00 UTC, delayed by ann: the night run"));
        assertThat(table(page, "How tenants are asked"))
                .containsText(Pattern.compile("acme\\s*approve\\s*15 min 0 s\\s*wait"));
    }

    @Test
    void aBoardLooksAgainByItselfAndTellsWhatItCanNotShow() {
        Page page = board(laptop(), "Repairs");
        FakeBoards.AWAY.set(true);
        try {
            assertThat(page.locator("#tables .trouble"))
                    .containsText(
                            "The repairs can't be shown",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
            assertThat(table(page, "Machines that are not healthy")).isVisible();
        } finally {
            FakeBoards.AWAY.set(false);
        }
    }

    @Test
    void whoIsNotLoggedInIsAskedForATokenFirst() {
        Page page = page(new NewContextOptions());
        page.navigate(address("/repairs"));
        assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"));
    }
}
