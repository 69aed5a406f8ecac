package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims.Answer;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.device.DeviceManager;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.service.FlotillaService;
import dev.flotilla.platform.testing.ServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many claimants on two instances of the service over one database: 60 machines in six fault domains, ten may be unavailable, three are broken. */
@ServiceTest
class RaceTest {
    private static final int LIMIT = 10;
    private static final Set<String> BROKEN = Set.of("m1", "m2", "m9");
    private static final int CLAIMANTS = 12;

    @Autowired
    ConfigurableApplicationContext first;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient jdbc;

    private ConfigurableApplicationContext second;

    @BeforeEach
    void twoInstances() {
        second = FlotillaService.application(DeviceManager.class, DeviceManager.NAME)
                .run(Stream.of(
                                "spring.datasource.url",
                                "spring.datasource.username",
                                "spring.datasource.password",
                                "flotilla.data",
                                "flotilla.security.public-key-file",
                                "flotilla.security.token-file",
                                "flotilla.services.version-registry-service")
                        .map(key -> "--" + key + "=" + environment.getProperty(key))
                        .toArray(String[]::new)
                        .clone());
        sixtyMachines();
    }

    private void sixtyMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 60, 6);
        TestFleet.limit(jdbc, String.valueOf(LIMIT));
        jdbc.sql("select report_health('tester', :machines, '{FAILING,FAILING,FAILING}', '{x,x,x}', interval '1 hour')")
                .param("machines", BROKEN.toArray(String[]::new))
                .query(row -> {});
    }

    @AfterEach
    void close() {
        second.close();
    }

    @Test
    void neitherRuleIsEverBrokenHoweverManyClaimAtOnce() throws Exception {
        int granted = race(60);
        assertThat(granted).isGreaterThan(50);
        assertThat(CommittedHistory.breaches(jdbc, BROKEN, LIMIT)).isEmpty();
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "claim, v_open <> asked.fault_domain, false, elective work in",
        "claim, 'v_after > least(v_allowed, v_own_allowed)', false, machines unavailable",
        "lock_groups, for update, ' ', elective work in"
    })
    void theCheckFindsOutWhenARuleIsTakenAway(String function, String rule, String without, String breach)
            throws Exception {
        String definition = jdbc.sql("select pg_get_functiondef(cast(:function as regproc))")
                .param("function", function)
                .query(String.class)
                .single();
        assertThat(definition).contains(rule);
        jdbc.sql(definition.replace(rule, without)).update();
        try {
            List<String> breaches = new ArrayList<>();
            for (int round = 0; round < 20 && breaches.isEmpty(); round++) {
                sixtyMachines();
                race(10);
                breaches.addAll(CommittedHistory.breaches(jdbc, BROKEN, LIMIT).stream()
                        .filter(found -> found.contains(breach))
                        .toList());
            }
            assertThat(breaches).isNotEmpty();
        } finally {
            jdbc.sql(definition).update();
        }
    }

    private int race(int rounds) throws Exception {
        List<Callable<Integer>> claimants = IntStream.range(0, CLAIMANTS)
                .<Callable<Integer>>mapToObj(i -> () -> claimant(i, i % 2 == 0 ? first : second, rounds))
                .toList();
        int granted = 0;
        try (var threads = Executors.newFixedThreadPool(CLAIMANTS)) {
            for (Future<Integer> done : threads.invokeAll(claimants)) {
                granted += done.get();
            }
        }
        return granted;
    }

    private static int claimant(int number, ConfigurableApplicationContext instance, int rounds) {
        Claiming claiming = instance.getBean(Claiming.class);
        Leases leases = instance.getBean(Leases.class);
        Random random = new Random(number);
        String holder = "h" + number;
        List<String> held = new ArrayList<>();
        int granted = 0;
        for (int round = 0; round < rounds; round++) {
            try {
                List<String> got = claim(claiming, holder, random);
                granted += got.size();
                held.addAll(got);
                Collections.shuffle(held, random);
                List<String> over = List.copyOf(held.subList(0, random.nextInt(held.size() + 1)));
                if (!over.isEmpty()) {
                    close(leases, holder, over);
                    held.removeAll(over);
                }
            } catch (DataAccessException e) {
                // Without the lock, claims run into each other's rows: that is not what is looked for here.
            }
        }
        return granted;
    }

    /** Elective mostly, of one fault domain mostly, with a lease that some let run out. */
    private static List<String> claim(Claiming claiming, String holder, Random random) {
        int domain = random.nextInt(6);
        List<String> machines = new ArrayList<>();
        for (int i = domain + 1; i <= 60; i += 6) {
            machines.add("m" + (random.nextInt(20) == 0 ? random.nextInt(60) + 1 : i));
        }
        Collections.shuffle(machines, random);
        List<String> distinct =
                machines.stream().distinct().limit(1 + random.nextInt(5)).toList();
        Duration lease = random.nextInt(5) == 0 ? Duration.ofMillis(20) : Duration.ofMinutes(1);
        ClaimRequest request = new ClaimRequest(
                holder, RepairKind.REBOOT, random.nextInt(5) == 0, null, "race", lease, null, distinct);
        return claiming.claim(request, holder).answers().stream()
                .filter(Answer::granted)
                .map(answer -> String.valueOf(answer.repair()))
                .distinct()
                .toList();
    }

    private static void close(Leases leases, String holder, List<String> over) {
        List<Closing> closings = over.stream()
                .distinct()
                .map(id -> new Closing(id, RepairState.CANCELLED, "over"))
                .toList();
        leases.close(new ClosingRequest(holder, closings), holder, holder);
    }
}
