package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.Revision;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.When;
import dev.flotilla.api.policy.Schedule.Window;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.platform.testing.TestHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class PoliciesTest extends PolicyWorld {
    private static final Schedule NOW_FROZEN =
            new Schedule("Europe/Berlin", List.of(Window.daily("10:00", "18:00")), When.INSIDE);

    private static Policy freeze() {
        return new Policy(Selector.ofEnvironment("east"), Effect.DEFER, null, NOW_FROZEN, "office hours", null, null);
    }

    @Test
    void aFreezeDefersFromTheNextQuestionOnUntilItsWindowEnds() {
        put("office", freeze());
        Instant end = Instant.parse("2026-11-22T17:00:00Z");
        assertThat(decide("hello", "m1"))
                .containsExactly(new Decision("m1", Effect.DEFER, "office hours", "office", Decision.Kind.POLICY, end));
        time.now = end;
        assertThat(decide("hello", "m1").getFirst().effect()).isEqualTo(Effect.ALLOW);
    }

    @Test
    void anOverrideLiftsItAndSaysWhoseItIsAndEndsByItself() {
        put("office", freeze());
        Instant until = NOON.plus(Duration.ofHours(1));
        PolicyOverride override = new PolicyOverride(
                Selector.ofService("hello"), List.of("office"), null, null, "a leak", "team-a", until);
        assertThat(put("leak", override).override()).isEqualTo(override);
        Decision decision = decide("hello", "m1").getFirst();
        assertThat(decision.effect()).isEqualTo(Effect.ALLOW);
        assertThat(decision.policy()).isEqualTo("leak");
        assertThat(decision.reason())
                .contains("team-a")
                .contains("a leak")
                .contains("'office'")
                .contains("office hours");
        assertThat(decide("other", "m1").getFirst().effect()).isEqualTo(Effect.DEFER);
        time.now = until;
        assertThat(decide("hello", "m1").getFirst().effect()).isEqualTo(Effect.DEFER);
    }

    @Test
    void aTenantIsOptedOut() {
        put("holidays", new OptOut(null, null, "shop", "the shop is closed", null));
        Subject shops = new Subject("m1", "east", "web", "fd1", "r1", "shop");
        DecisionRequest request =
                new DecisionRequest("hello", "1.0", List.of(shops, subject("m2")), "d1", "d1~east~web");
        assertThat(decideAll(request).decisions()).extracting(Decision::policy).containsExactly("holidays", null);
    }

    @Test
    void everyChangeIsARevisionThatIsKept() {
        long start = revisions("").isEmpty() ? 0 : revisions("").getFirst().revision();
        Policy first = freeze();
        Policy second = new Policy(Selector.ofEnvironment("east"), Effect.DENY, null, null, "for good", null, null);
        assertThat(put("office", first).revision()).isEqualTo(start + 1);
        assertThat(put("office", first).revision()).as("the same again").isEqualTo(start + 1);
        time.now = NOON.plusSeconds(60);
        Policy.Stored stored = put("office", second);
        assertThat(stored.revision()).isEqualTo(start + 2);
        assertThat(stored.createdAt()).isEqualTo(NOON);
        assertThat(stored.changedAt()).isEqualTo(NOON.plusSeconds(60));
        for (int i = 0; i < 2; i++) {
            http.delete("/v1/policies/office").expectStatus().isNoContent();
        }
        List<Revision> revisions = revisions("?kind=POLICY&name=office&limit=3");
        assertThat(revisions).extracting(Revision::revision).containsExactly(start + 3, start + 2, start + 1);
        assertThat(revisions.getFirst().after()).isNull();
        assertThat(revisions.getFirst().by()).isEqualTo("tester");
        assertThat(Objects.requireNonNull(revisions.get(1).before())).containsEntry("reason", "office hours");
        assertThat(Objects.requireNonNull(revisions.get(1).after())).containsEntry("reason", "for good");
        assertThat(revisions.get(2).before()).isNull();
        TestHttp.problem(404, http.get("/v1/policies/office", "*/*"));
    }

    private List<Revision> revisions(String query) {
        return Objects.requireNonNull(http.get("/v1/policy-revisions" + query, "*/*")
                        .expectBody(new ParameterizedTypeReference<Page<Revision>>() {})
                        .returnResult()
                        .getResponseBody())
                .items();
    }

    @Test
    void policiesAreListedByWhatTheyAreAbout() {
        put("a", freeze());
        put("b", new Policy(Selector.ofService("hello"), Effect.DENY, null, null, "why", NOON.plusSeconds(60), null));
        put("c", new Policy(Selector.ofService("hello"), Effect.DEFER, null, null, "why", null, null));
        assertThat(names("")).containsExactly("a", "b", "c");
        assertThat(names("?service=hello")).containsExactly("b", "c");
        assertThat(names("?service=hello&effect=DENY")).containsExactly("b");
        assertThat(names("?environment=east&service=hello")).isEmpty();
        time.now = NOON.plusSeconds(60);
        assertThat(names("?service=hello")).containsExactly("c");
        Page<Map<String, Object>> page = page("?limit=1");
        assertThat(page("?limit=1&cursor=" + page.nextCursor()).items().getFirst())
                .containsEntry("name", "c");
    }

    private List<Object> names(String query) {
        return page(query).items().stream()
                .map(item -> Objects.requireNonNull(item.get("name")))
                .toList();
    }

    private Page<Map<String, Object>> page(String query) {
        return Objects.requireNonNull(http.get("/v1/policies" + query, "*/*")
                .expectBody(new ParameterizedTypeReference<Page<Map<String, Object>>>() {})
                .returnResult()
                .getResponseBody());
    }

    @Test
    void aFreezeCanBeStoredWhileTheOtherServicesAreDown() {
        fleet.answers = false;
        put("panic", new Policy(Selector.ofEnvironment("nowhere"), Effect.DEFER, null, null, "stop", null, null));
        assertThat(names("")).containsExactly("panic");
    }

    @Test
    void aConditionThatFailsDefersByTheNameOfItsPolicy() {
        put("odd", new Policy(Selector.everything(), Effect.DENY, "int(version) > 3", null, "why", null, null));
        Decision decision = decide("hello", "m1").getFirst();
        assertThat(decision.effect()).isEqualTo(Effect.DEFER);
        assertThat(decision.policy()).isEqualTo("odd");
        assertThat(decision.reason()).contains("could not be evaluated");
    }
}
