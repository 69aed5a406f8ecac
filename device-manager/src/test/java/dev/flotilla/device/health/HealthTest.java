package dev.flotilla.device.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.HealthReport;
import dev.flotilla.api.device.HealthReport.Finding;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.device.testing.TestApis;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

@ServiceTest
class HealthTest {
    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private HealthApi healths;
    private RepairApi repairs;

    @BeforeEach
    void fourMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 4, 2);
        healths = TestApis.client(HealthApi.class, port, tokens.bearer(Role.OPERATOR));
        repairs = TestApis.client(RepairApi.class, port, tokens.bearer(Role.SERVICE));
    }

    @AfterEach
    void countersAreRight() {
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @Test
    void aMachineFailsAndIsHealthyAgain() {
        MachineHealth failing = say("m1", Health.FAILING, "disk");
        assertThat(failing.health()).isEqualTo(Health.FAILING);
        assertThat(failing.reason()).isEqualTo("disk");
        assertThat(failing.by()).isEqualTo("tester");
        TestFleet.setClock(jdbc, Duration.ofMinutes(1));
        assertThat(say("m1", Health.FAILING, "disk").since()).isEqualTo(failing.since());
        assertThat(names(Health.FAILING)).containsExactly("m1");
        assertThat(names(Health.HEALTHY)).containsExactly("m2", "m3", "m4");
        assertThat(names(null)).containsExactly("m1", "m2", "m3", "m4");
        assertThat(say("m1", Health.HEALTHY, "mended").health()).isEqualTo(Health.HEALTHY);
        assertThat(names(Health.FAILING)).isEmpty();
    }

    @Test
    void whoSaidThatAMachineIsHealthyAgainAndWhyIsKeptUntilItFails() {
        say("m1", Health.FAILING, "disk");
        MachineHealth healed = say("m1", Health.HEALTHY, "a new disk");
        assertThat(healed.reason()).isEqualTo("a new disk");
        assertThat(healed.by()).isEqualTo("tester");
        assertThat(healed.since()).isNotNull();
        assertThat(say("m1", Health.HEALTHY, "still").reason())
                .as("the same again changes nothing")
                .isEqualTo("a new disk");
        assertThat(say("m1", Health.FAILING, "board").reason()).isEqualTo("board");
        assertThat(say("m2", Health.HEALTHY, "it never was anything else").reason())
                .isNull();
    }

    @Test
    void probationEndsByItself() {
        assertThat(say("m1", Health.PROBATION, "new board").until()).isNotNull();
        assertThat(say("m1", Health.HEALTHY, "looks good").health()).isEqualTo(Health.PROBATION);
        assertThat(names(Health.PROBATION)).containsExactly("m1");
        TestFleet.setClock(jdbc, Duration.ofMinutes(10).plusSeconds(1));
        assertThat(healths.health("m1").health()).isEqualTo(Health.HEALTHY);
        assertThat(names(Health.PROBATION)).isEmpty();
    }

    @Test
    void probationBeginsAnewWhenTheMachineWasBrokenMeanwhile() {
        say("m1", Health.PROBATION, "new board");
        say("m1", Health.FAILING, "again");
        TestFleet.setClock(jdbc, Duration.ofMinutes(20));
        assertThat(healths.health("m1").health()).isEqualTo(Health.FAILING);
        assertThat(say("m1", Health.HEALTHY, "better").health()).isEqualTo(Health.PROBATION);
        TestFleet.setClock(jdbc, Duration.ofMinutes(29));
        assertThat(healths.health("m1").health()).isEqualTo(Health.PROBATION);
        TestFleet.setClock(jdbc, Duration.ofMinutes(31));
        assertThat(healths.health("m1").health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aFailedDeployMakesItsMachineFailUntilTheServiceIsDeployedWell() {
        deploy("hello", RepairState.FAILED);
        MachineHealth failing = healths.health("m1");
        assertThat(failing.health()).isEqualTo(Health.FAILING);
        assertThat(failing.by()).isEqualTo("d-hello");
        deploy("other", RepairState.DONE);
        assertThat(healths.health("m1").health()).isEqualTo(Health.FAILING);
        deploy("hello", RepairState.DONE);
        assertThat(healths.health("m1").health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aDeployNeitherMendsNorOverwritesWhatAWatchdogFound() {
        say("m1", Health.FAILING, "disk");
        deploy("hello", RepairState.FAILED);
        deploy("hello", RepairState.DONE);
        assertThat(healths.health("m1").reason()).isEqualTo("disk");
    }

    @Test
    void theDefaultsAreAsDocumented() {
        HealthProperties defaults =
                Binder.get(new MockEnvironment()).bindOrCreate("flotilla.device.health", HealthProperties.class);
        assertThat(defaults)
                .isEqualTo(new HealthProperties(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofSeconds(2)));
    }

    private MachineHealth say(String machine, Health health, String reason) {
        return healths.report(new HealthReport(List.of(new Finding(machine, health, reason))))
                .getFirst();
    }

    private void deploy(String service, RepairState outcome) {
        String repair = repairs.claim(new ClaimRequest(
                        "d-" + service,
                        RepairKind.DEPLOY,
                        false,
                        service,
                        "update",
                        Duration.ofMinutes(10),
                        null,
                        List.of("m1")))
                .answers()
                .getFirst()
                .repair();
        repairs.close(new ClosingRequest(
                "d-" + service, List.of(new Closing(String.valueOf(repair), outcome, "does not start"))));
    }

    private List<String> names(@Nullable Health health) {
        return healths.healths("prod", "web", health, 10, null).items().stream()
                .map(MachineHealth::machine)
                .toList();
    }
}
