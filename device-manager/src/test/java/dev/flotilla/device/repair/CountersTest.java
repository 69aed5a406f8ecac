package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.RenewalRequest;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.device.testing.TestApis;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.HttpClientErrorException;

/** Whatever is done to machines, in whatever order: the counters that the rules go by are what counting would give. */
@ServiceTest
class CountersTest {
    private static final int STEPS = 150;

    @Autowired
    Claiming claiming;

    @Autowired
    Leases leases;

    @Autowired
    Expiry expiry;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final List<String> repairs = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countersEqualARecountAfterRandomOperations(long seed) {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 24, 3);
        TestFleet.limit(jdbc, "12");
        DeviceApi devices = TestApis.client(DeviceApi.class, port, tokens.bearer(Role.OPERATOR));
        Random random = new Random(seed);
        Duration time = Duration.ZERO;
        for (int step = 0; step < STEPS; step++) {
            time = time.plusSeconds(random.nextInt(10));
            TestFleet.setClock(jdbc, time);
            operate(random, devices);
            if (step % 10 == 9) {
                expiry.sweep();
                assertThat(TestFleet.wrongCounters(jdbc))
                        .as("wrong counters after step %d of seed %d", step, seed)
                        .isZero();
            }
        }
    }

    private void operate(Random random, DeviceApi devices) {
        String machine = "m" + (random.nextInt(24) + 1);
        String holder = "h" + random.nextInt(3);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> claim(random, holder, machine, "m" + (random.nextInt(24) + 1));
            case 3 -> close(random, holder);
            case 4 -> health(machine, List.of("HEALTHY", "FAILING", "PROBATION").get(random.nextInt(3)));
            case 5 -> lost(machine, random.nextBoolean());
            case 6 -> crash(machine, random.nextBoolean());
            case 7 -> move(devices, machine, random);
            default -> renewOrRetire(random, devices, holder, machine);
        }
    }

    private void claim(Random random, String holder, String... machines) {
        List<String> distinct = List.of(machines).stream().distinct().toList();
        RepairKind kind = RepairKind.values()[random.nextInt(3)];
        ClaimRequest request = new ClaimRequest(
                holder,
                kind,
                random.nextBoolean(),
                kind == RepairKind.DEPLOY ? "hello" : null,
                "work",
                Duration.ofSeconds(30),
                null,
                distinct);
        claiming.claim(request, holder).answers().stream()
                .filter(answer -> answer.repair() != null)
                .forEach(answer -> repairs.add(String.valueOf(answer.repair())));
    }

    private void close(Random random, String holder) {
        if (!repairs.isEmpty()) {
            RepairState outcome = List.of(RepairState.DONE, RepairState.FAILED, RepairState.CANCELLED)
                    .get(random.nextInt(3));
            leases.close(
                    new ClosingRequest(
                            holder, List.of(new Closing(repairs.get(random.nextInt(repairs.size())), outcome, "over"))),
                    holder,
                    holder);
        }
    }

    private void health(String machine, String health) {
        jdbc.sql("select report_health('tester', array [:machine], array [:health], '{so}', interval '20 seconds')")
                .param("machine", machine)
                .param("health", health)
                .query(row -> {});
    }

    private void lost(String machine, boolean lost) {
        jdbc.sql("select learn(array [:machine], array [:lost], array [clock()], '{}', '{}', '{}', '{}')")
                .param("machine", machine)
                .param("lost", lost)
                .query(row -> {});
    }

    private void crash(String machine, boolean down) {
        jdbc.sql("""
                select learn('{}', '{}', '{}', array [:machine], array ['hello'], array ['1.0.0'], array [case when :down then clock() end])
                """).param("machine", machine).param("down", down).query(row -> {});
    }

    /** May be refused, since the machine is under repair. */
    private static void move(DeviceApi devices, String machine, Random random) {
        String domain = "fd" + (random.nextInt(3) + 1);
        String function = random.nextBoolean() ? "web" : "db";
        try {
            devices.putMachine(machine, new Machine(machine, "prod", function, domain, "west", "http://127.0.0.1:1"));
        } catch (HttpClientErrorException.Conflict e) {
            assertThat(e.getResponseBodyAsString()).contains("under repair");
        }
    }

    private void renewOrRetire(Random random, DeviceApi devices, String holder, String machine) {
        if (random.nextInt(4) == 0) {
            devices.deleteMachine(machine);
        } else if (!repairs.isEmpty()) {
            leases.renew(
                    new RenewalRequest(
                            holder, Duration.ofSeconds(60), List.of(repairs.get(random.nextInt(repairs.size())))),
                    holder);
        }
    }
}
