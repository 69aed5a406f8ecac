package dev.flotilla.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.FakeCluster;
import dev.flotilla.cli.FakeCluster.Run;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators say about policies, as policy-engine gets to hear it. */
class PolicyCommandsTest {
    private static final String STORED = "{\"name\":\"n\",\"%s\":%s,\"revision\":1,\"createdBy\":\"ann\","
            + "\"createdAt\":\"2026-11-23T04:00:00Z\",\"changedBy\":\"ann\",\"changedAt\":\"2026-11-23T04:00:00Z\"}";

    private static final String NEVER_ASKED = "{\"tenant\":\"shop\",\"settings\":{\"asking\":\"NEVER\"},"
            + "\"changedBy\":\"ann\",\"changedAt\":\"2026-11-23T04:00:00Z\"}";

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(folder)
                .answering("PUT /v1/policies/", body -> STORED.formatted("policy", body))
                .answering("PUT /v1/overrides/", body -> STORED.formatted("override", body))
                .answering(
                        "PUT /v1/tenants/",
                        body -> "{\"tenant\":\"shop\",\"settings\":" + body
                                + ",\"changedBy\":\"ann\",\"changedAt\":\"2026-11-23T04:00:00Z\"}")
                .answering("GET /v1/tenants/shop/machines", body -> "{\"items\":[],\"nextCursor\":null}")
                .answering(
                        "GET /v1/policies?",
                        body -> "{\"items\":[" + STORED.formatted("policy", """
                                {"selector": {"environment": "prod-a"}, "effect": "DEFER", "reason": "nights only", "schedule":
                                 {"zone": "Europe/Berlin", "when": "OUTSIDE", "windows":
                                  [{"days": ["FRIDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY"], "from": "22:00", "to": "04:00"}]}}
                                """) + "],\"nextCursor\":null}");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void aFreezeIsDeclaredInOneLineByTheClockOfAPlace() {
        Run run = cluster.run(
                "freeze",
                "xmas",
                "--service",
                "shop",
                "--environment",
                "prod-a",
                "--from",
                "2030-12-20T18:00",
                "--to",
                "2031-01-02 06:00",
                "--zone",
                "Europe/Berlin",
                "--reason",
                "peak");
        assertThat(run.exit()).isEqualTo(Exit.OK);
        assertThat(run.out())
                .isEqualTo(
                        "Frozen: service shop, environment prod-a, 20 Dec 2030 18:00 to 2 Jan 2031 06:00 Europe/Berlin."
                                + " './flotilla policies delete xmas' ends that.\n");
        JsonNode policy = json(cluster.body("PUT /v1/policies/xmas"));
        assertThat(policy.get("effect").asString()).isEqualTo("DEFER");
        assertThat(policy.get("until").asString()).isEqualTo("2031-01-02T05:00:00Z");
        assertThat(policy.at("/schedule/when").asString()).isEqualTo("INSIDE");
        assertThat(policy.at("/schedule/windows/0/start").asString()).startsWith("2030-12-20T18:00");
    }

    @Test
    void aFreezeThatEndsWhereClocksShowATimeTwiceEndsAtTheSecondAndWhereTheySkipItAtTheChange() {
        for (String[] end : new String[][] {
            {"2030-10-27T02:30", "2030-10-27T01:30:00Z"}, {"2030-03-31T02:30", "2030-03-31T01:00:00Z"}
        }) {
            assertThat(cluster.run("freeze", "x", "--all", "--to", end[0], "--zone", "Europe/Berlin", "--reason", "r")
                            .exit())
                    .isEqualTo(Exit.OK);
            assertThat(json(cluster.body("PUT /v1/policies/x")).get("until").asString())
                    .isEqualTo(end[1]);
        }
    }

    @Test
    void aFreezeFromNowNeedsNoTimesAtAll() {
        assertThat(cluster.run("freeze", "now", "--all", "--reason", "fire").out())
                .contains("from now until you end it");
        JsonNode open = json(cluster.body("PUT /v1/policies/now"));
        assertThat(open.at("/selector/all").asBoolean()).isTrue();
        assertThat(open.get("until").isNull()).isTrue();
        assertThat(open.get("schedule").isNull()).isTrue();

        Instant before = Instant.now();
        cluster.run("freeze", "now", "--all", "--for", "8h", "--reason", "fire");
        Instant until = Instant.parse(
                json(cluster.body("PUT /v1/policies/now")).get("until").asString());
        assertThat(until).isBetween(before.plusSeconds(8 * 3600 - 2), before.plusSeconds(8 * 3600 + 60));

        cluster.run("freeze", "now", "--all", "--to", "06:00", "--zone", "UTC", "--reason", "fire");
        until = Instant.parse(
                json(cluster.body("PUT /v1/policies/now")).get("until").asString());
        assertThat(until).isBetween(before, before.plusSeconds(24 * 3600 + 60));
        assertThat(until.toString()).endsWith("T06:00:00Z");
    }

    @Test
    void aFreezeBeginsAndEndsSoLongFromNow() {
        LocalDateTime before = LocalDateTime.ofInstant(Instant.now(), ZoneId.of("Asia/Tokyo"));
        for (String[] end : new String[][] {{"--to", "12m"}, {"--for", "10m"}}) {
            Run run = cluster.run(
                    "freeze", "soon", "--all", "--from", "2m", end[0], end[1], "--zone", "Asia/Tokyo", "--reason", "r");
            assertThat(run.exit()).isEqualTo(Exit.OK);
            JsonNode policy = json(cluster.body("PUT /v1/policies/soon"));
            JsonNode window = policy.at("/schedule/windows/0");
            LocalDateTime start = LocalDateTime.parse(window.get("start").asString());
            assertThat(start).isBetween(before.plusSeconds(118), before.plusSeconds(180));
            assertThat(LocalDateTime.parse(window.get("end").asString()))
                    .isBetween(start.plusSeconds(599), start.plusSeconds(601));
        }
        assertThat(cluster.run("freeze", "--help").out()).contains("2h from now");
    }

    @Test
    void timesThatCanNotBeMeantNameTheOptionAndShowAnExample() {
        assertUsage(
                "Invalid value for option '--from': 'tomorrow' is no time: write 2030-12-20T18:00",
                "--from",
                "tomorrow");
        assertUsage(
                "Invalid value for option '--zone': 'Berlin' is no time zone: write Europe/Berlin", "--zone", "Berlin");
        assertUsage("Invalid value for option '--for': 'long' is no duration: write 20s, 5m", "--for", "long");
        assertUsage(
                "Invalid value for option '--to': '2030-12-20T18:00' is not after",
                "--from",
                "2030-12-20T19:00",
                "--to",
                "2030-12-20T18:00");
        assertUsage("Say when it ends: --to 2031-01-02T06:00, or --for 8h.", "--from", "2030-12-20T19:00");
        assertUsage("Say --to, or --for", "--to", "2030-12-20T19:00", "--for", "8h");
        assertUsage("say --to 14:00, and leave --for out", "--from", "11:00", "--to", "14:00", "--for", "8h");
        assertUsage("'someday' are no days of the week: write mon-fri", "--days", "someday");
        assertUsage(
                "'2030-12-20T18:00' is no time of day: write --from 22:00 --to 04:00",
                "--from",
                "22:00",
                "--to",
                "2030-12-20T18:00");
        Run nothing = cluster.run("freeze", "x", "--reason", "r");
        assertThat(nothing.exit()).isEqualTo(Exit.USAGE);
        assertThat(nothing.err()).contains("Say what it is about: --service", "'./flotilla freeze --help'");
        assertThat(cluster.asked()).isEmpty();
    }

    private void assertUsage(String message, String... options) {
        String[] line = new String[options.length + 5];
        System.arraycopy(new String[] {"freeze", "x", "--all", "--reason", "r"}, 0, line, 0, 5);
        System.arraycopy(options, 0, line, 5, options.length);
        Run run = cluster.run(line);
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains(message);
    }

    @Test
    void aMaintenanceWindowHoldsBackOutsideOfIt() {
        Run run = cluster.run(
                "maintenance-window",
                "nights",
                "--environment",
                "prod-a",
                "--days",
                "mon-fri",
                "--from",
                "22:00",
                "--to",
                "04:00",
                "--zone",
                "Europe/Berlin",
                "--reason",
                "at night");
        assertThat(run.out()).startsWith("Changed only Mon-Fri 22:00 to 04:00 Europe/Berlin: environment prod-a.");
        JsonNode schedule = json(cluster.body("PUT /v1/policies/nights")).get("schedule");
        assertThat(schedule.get("when").asString()).isEqualTo("OUTSIDE");
        assertThat(schedule.at("/windows/0/days").size()).isEqualTo(5);
    }

    @Test
    void policiesAreShownInWordsAndAsJson() {
        assertThat(cluster.run("policies").out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "NAME|EFFECT|OF|WHEN|UNTIL|BY|WHY",
                        "n|defer|environment prod-a|outside Mon-Fri 22:00 to 04:00 Europe/Berlin|-|ann|nights only");
        assertThat(json(cluster.run("policies", "--output", "json").out())
                        .at("/0/name")
                        .asString())
                .isEqualTo("n");
    }

    @Test
    void aPolicyOfAnyKindIsTypedOrReadFromAFile() throws IOException {
        Run typed = cluster.run(
                "policies",
                "put",
                "no-rc",
                "--service",
                "shop",
                "--effect",
                "deny",
                "--if",
                "version == \"1\"",
                "--reason",
                "r");
        assertThat(typed.out()).startsWith("Stored: deny service shop, if version == \"1\".");
        Path file = Files.writeString(
                folder.resolve("p.json"), "{\"selector\": {\"all\": true}, \"effect\": \"ALLOW\", \"reason\": \"r\"}");
        assertThat(cluster.run("policies", "put", "all", "--file", file.toString())
                        .exit())
                .isEqualTo(Exit.OK);
        assertThat(cluster.body("PUT /v1/policies/all")).contains("ALLOW");
        assertThat(cluster.run("policies", "put", "all", "--file", file.toString(), "--effect", "deny"))
                .isEqualTo(new Run(Exit.USAGE, "", "With --file the file says all: leave the other options out.\n"));
        Path misspelt = Files.writeString(
                folder.resolve("q.json"),
                "{\"selector\": {\"all\": true}, \"effect\": \"DENY\", \"reason\": \"r\", \"conditon\": \"false\"}");
        Run refused = cluster.run("policies", "put", "broken", "--file", misspelt.toString());
        assertThat(refused.exit()).isEqualTo(Exit.USAGE);
        assertThat(refused.err()).contains("conditon");
        Path number = Files.writeString(
                folder.resolve("n.json"), "{\"selector\": {\"all\": true}, \"effect\": 0, \"reason\": \"r\"}");
        assertThat(cluster.run("policies", "put", "broken", "--file", number.toString()))
                .isEqualTo(
                        new Run(
                                Exit.USAGE,
                                "",
                                number
                                        + " is no policy in JSON: effect: must be one of [ALLOW, DEFER, DENY] (line 1, column 39)\n"));
        assertThat(cluster.body("PUT /v1/policies/broken")).isEmpty();
        Run wrong = cluster.run("policies", "put", "x", "--all", "--effect", "perhaps", "--reason", "r");
        assertThat(wrong.err()).contains("--effect", "'./flotilla policies put --help'");
    }

    @Test
    void anEmptyTextIsNamedAndNothingIsAskedWithIt() {
        assertThat(cluster.run("opt-out", "", "--machine", "m1", "--reason", "r")
                        .err())
                .startsWith("Invalid value for positional parameter at index 0 (NAME): it is empty");
        for (String option : new String[] {"--machine", "--service", "--tenant", "--reason"}) {
            Run run = cluster.run("opt-out", "x", option, "", "--reason", "r");
            assertThat(run.exit()).isEqualTo(Exit.USAGE);
            assertThat(run.err()).startsWith("Invalid value for option '" + option + "': it is empty");
        }
        assertThat(cluster.asked()).isEmpty();
    }

    @Test
    void aMisspeltPolicyIsNotDeletedInSilence() {
        Run run = cluster.run("policies", "delete", "nope");
        assertThat(run.exit()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("404");
    }

    @Test
    void anOverrideEndsAfterHoursOrAtATime() {
        Instant before = Instant.now();
        Run run = cluster.run(
                "overrides",
                "start",
                "leak",
                "--service",
                "shop",
                "--policies",
                "a,b",
                "--until",
                "4h",
                "--reason",
                "keys");
        assertThat(run.out()).startsWith("Lifted for service shop: a, b, until ");
        JsonNode override = json(cluster.body("PUT /v1/overrides/leak"));
        assertThat(Instant.parse(override.get("until").asString())).isAfter(before.plusSeconds(4 * 3600 - 2));
        assertThat(override.get("holder").asString()).isEqualTo(System.getProperty("user.name"));
        assertThat(cluster.run("overrides", "start", "leak", "--all", "--until", "4h", "--reason", "keys")
                        .exit())
                .isEqualTo(Exit.USAGE);
    }

    @Test
    void aTenantIsAskedAsItIsSaidAndNobodyOwnedByItIsNoticed() {
        Run run = cluster.run(
                "tenants", "set", "shop", "--ask", "approve", "--deadline", "1h30m", "--on-silence", "go_ahead");
        assertThat(run.exit()).isEqualTo(Exit.OK);
        assertThat(run.err()).contains("No machine belongs to shop yet");
        JsonNode settings = json(cluster.body("PUT /v1/tenants/shop"));
        assertThat(settings.get("deadline").asString()).isEqualTo("PT1H30M");
        assertThat(settings.get("onSilence").asString()).isEqualTo("GO_AHEAD");
    }

    @Test
    void machinesAreGivenToATenantAndTakenAway() {
        String machine = """
                {"name": "m7", "environment": "prod-a", "machineFunction": "web", "faultDomain": "fd-2", "region": "east",
                 "address": "http://127.0.0.1:8084", "tenant": "old"}
                """;
        cluster.answering("POST /v1/machines/lookup", body -> "{\"machines\":[" + machine + "],\"unknown\":[]}")
                .answering("POST /v1/machines/tenant", body -> "[" + machine + "]")
                .answering("GET /v1/tenants?", body -> "{\"items\":[],\"nextCursor\":null}");
        Run given = cluster.run("tenants", "assign", "shop", "--machines", "m7");
        assertThat(given.out()).isEqualTo("Of shop now: m7\n");
        assertThat(given.err()).contains("shop is not asked yet", "tenants set shop --ask approve");
        assertThat(json(cluster.body("POST /v1/machines/tenant")))
                .as("nothing but the tenant is said")
                .isEqualTo(json("{\"tenant\":\"shop\",\"machines\":[\"m7\"]}"));
        assertThat(cluster.run("tenants", "unassign", "--machines", "m7").out()).isEqualTo("Of no tenant now: m7\n");
        assertThat(json(cluster.body("POST /v1/machines/tenant")).hasNonNull("tenant"))
                .isFalse();

        cluster.answering("GET /v1/tenants?", body -> "{\"items\":[" + NEVER_ASKED + "],\"nextCursor\":null}");
        assertThat(cluster.run("tenants", "assign", "shop", "--machines", "m7").err())
                .contains("shop is not asked yet");

        cluster.reset()
                .answering("POST /v1/machines/lookup", body -> "{\"machines\":[],\"unknown\":[\"m8\",\"m9\",\"m10\"]}");
        Run unknown = cluster.run("tenants", "assign", "shop", "--machines", "m8..m10");
        assertThat(unknown.exit()).isEqualTo(Exit.REFUSED);
        assertThat(unknown.err()).contains("There is no m8..m10; nothing was changed.");
    }

    @Test
    void aTenantWithMoreMachinesThanAreShownIsNotSaidToHaveThose() {
        String page = """
                {"items": [{"name": "m7", "environment": "prod-a", "machineFunction": "web", "faultDomain": "fd-2",
                  "region": "east", "address": "http://127.0.0.1:8084", "tenant": "shop"}], "nextCursor": "next"}
                """;
        cluster.reset()
                .answering("GET /v1/tenants/shop/machines", body -> page)
                .answering("GET /v1/tenants/shop", body -> NEVER_ASKED);
        Run cut = cluster.run("tenants", "show", "shop", "--limit", "1");
        assertThat(cut.out()).contains("the first 1: m7");
        assertThat(cut.err()).contains("There are more");
    }

    @Test
    void aRuleOfThePolicyAgentThatNeedsMoreSaysWhat() {
        Run run = cluster.run("policy-agent", "--tenant", "shop", "--approve", "command");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("'command' must be told what to run: --approve command './drain.sh'");
    }
}
