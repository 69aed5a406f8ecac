package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

@ServiceTest
class RegistryServiceTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    private RegistryApi registry;

    @BeforeEach
    void connect() {
        String agent = tokens.agentOf("*").substring("Bearer ".length());
        registry = RunningRegistry.client(port, agent);
    }

    @Test
    void aReportIsSeenAtOnceInEveryView() {
        registry.reportRunningVersion("a1", "shop", RunningReport.running("1.0.0"));

        MachineStatus machine = registry.machine("a1");
        assertThat(machine.lost()).isFalse();
        assertThat(machine.services()).extracting(RunningService::version).containsExactly("1.0.0");
        assertThat(registry.versions("shop"))
                .containsExactly(new VersionCount("1.0.0", 1, Map.of(RunState.RUNNING, 1L), 0));
        assertThat(registry.machinesWith("shop", "1.0.0", 10, null).items()).isEqualTo(machine.services());
    }

    @Test
    void everyFieldOfAReportComesBack() {
        OrderProgress order = new OrderProgress("o-1", "2.0.0", OrderPhase.FAILED, "it said: \0 and went");
        Instant since = Instant.parse("2026-01-02T03:04:05.123456789Z");
        registry.reportRunningVersion(
                "b1", "shop-b", new RunningReport("2.0.0", RunState.CRASHED, "ab".repeat(32), 3, since, order));

        RunningService running = registry.machine("b1").services().getFirst();

        assertThat(running.state()).isEqualTo(RunState.CRASHED);
        assertThat(running.sha256()).isEqualTo("ab".repeat(32));
        assertThat(running.restarts()).isEqualTo(3);
        assertThat(running.since()).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
        assertThat(running.order())
                .isEqualTo(new OrderProgress("o-1", "2.0.0", OrderPhase.FAILED, "it said: \uFFFD and went"));
    }

    @Test
    void aBatchSaysAllThatItsMachinesRun() {
        registry.reportRunningVersion("c1", "old-c", RunningReport.running("1"));
        registry.reportRunningVersion("c2", "old-c", RunningReport.running("1"));

        registry.report(batch("c1", Map.of("new-c", RunningReport.running("7"))));

        assertThat(registry.machine("c1").services())
                .extracting(RunningService::service)
                .containsExactly("new-c");
        assertThat(registry.machinesWith("old-c", "1", 10, null).items())
                .extracting(RunningService::machine)
                .containsExactly("c2");
    }

    @Test
    void theFeedTellsWhatChangedAndNothingElse() {
        String now = registry.changes("now", 10, Duration.ZERO).nextCursor();
        registry.reportRunningVersion("d1", "shop-d", RunningReport.running("1"));
        registry.reportRunningVersion("d1", "shop-d", RunningReport.running("1"));
        registry.reportRunningVersion("d1", "shop-d", RunningReport.running("2"));
        registry.report(batch("d1", Map.of("shop-d", RunningReport.running("2"))));
        registry.report(batch("d1", Map.of()));

        Page<Change> page = registry.changes(now, 10, Duration.ZERO);

        assertThat(page.items())
                .extracting(RegistryServiceTest::inWords)
                .containsExactly("d1 BACK", "d1 SERVICE null > 1", "d1 SERVICE 1 > 2", "d1 SERVICE 2 > null STOPPED");
        assertThat(registry.changes(page.nextCursor(), 10, Duration.ZERO).items())
                .isEmpty();
        assertThat(registry.changes(now, 1, Duration.ZERO).items()).hasSize(1);
    }

    @Test
    void aReaderOfTheFeedWaitsForTheNextChange() {
        String now = registry.changes("now", 10, Duration.ZERO).nextCursor();
        CompletableFuture<Page<Change>> waiting =
                CompletableFuture.supplyAsync(() -> registry.changes(now, 1, Duration.ofSeconds(20)));

        registry.reportRunningVersion("e1", "shop-e", RunningReport.running("1"));

        assertThat(waiting.join().items())
                .extracting(RegistryServiceTest::inWords)
                .containsExactly("e1 BACK");
    }

    @Test
    void aReaderOfTheFeedWaitsNoLongerThanItSaid() {
        String now = registry.changes("now", 10, Duration.ZERO).nextCursor();

        Page<Change> page = registry.changes(now, 10, Duration.ofMillis(50));

        assertThat(page.items()).isEmpty();
        assertThat(page.nextCursor()).isEqualTo(now);
    }

    @Test
    void aCursorOfAnotherFeedIsGone() {
        String foreign = Cursors.ofFeed("00000000-0000-0000-0000-000000000000", "0");

        assertThatThrownBy(() -> registry.changes(foreign, 10, Duration.ZERO))
                .isInstanceOf(HttpClientErrorException.Gone.class);
    }

    @Test
    void machinesAreListedByNameInPages() {
        for (String machine : List.of("f2", "f10", "f1")) {
            registry.report(batch(machine, Map.of("shop-f", RunningReport.running("1"))));
        }

        List<String> names = new ArrayList<>();
        String next = null;
        do {
            Page<MachineStatus> page = registry.machines(2, next);
            page.items().forEach(status -> names.add(status.machine()));
            next = page.nextCursor();
        } while (next != null);

        assertThat(names).isSorted().doesNotHaveDuplicates().containsSubsequence("f1", "f10", "f2");
        Page<RunningService> running = registry.machinesWith("shop-f", "1", 2, null);
        assertThat(running.items()).extracting(RunningService::machine).containsExactly("f1", "f10");
        Page<RunningService> rest = registry.machinesWith("shop-f", "1", 2, running.nextCursor());
        assertThat(rest.items()).extracting(RunningService::machine).containsExactly("f2");
        assertThat(rest.nextCursor()).isNull();
    }

    @Test
    void aServiceThatIsStoppedAndNeverRanIsNotKept() {
        registry.reportRunningVersion("g1", "shop-g", new RunningReport(null, null, null, 0, null, null));

        assertThat(registry.machine("g1").services()).isEmpty();
        assertThat(registry.versions("shop-g")).isEmpty();
    }

    @Test
    void theMetricsTellHowManyReportsAndMachinesThereAre() {
        registry.reportRunningVersion("h1", "shop-h", RunningReport.running("1"));
        registry.report(batch("h1", Map.of("shop-h", RunningReport.running("1"))));

        String metrics = RestClient.create("http://127.0.0.1:" + port + "/actuator/prometheus")
                .get()
                .header("Authorization", tokens.bearer(Role.VIEWER))
                .retrieve()
                .body(String.class);

        assertThat(metrics)
                .containsPattern("flotilla_reports_total\\{kind=\"single\",result=\"changed\",.*} [1-9]")
                .containsPattern("flotilla_reports_total\\{kind=\"batch\",result=\"unchanged\",.*} [1-9]")
                .containsPattern("flotilla_machines\\{.*state=\"seen\"} [1-9]")
                .contains(
                        "flotilla_machines{",
                        "state=\"lost\"",
                        "flotilla_report_flush_seconds",
                        "flotilla_feed_lag_seconds");
    }

    private static ReportBatch batch(String machine, Map<String, RunningReport> services) {
        return new ReportBatch(List.of(new MachineReport(machine, services)));
    }

    private static String inWords(Change change) {
        RunningService running = change.running();
        if (running == null) {
            return change.machine() + " " + change.kind();
        }
        return change.machine() + " " + change.kind() + " " + change.previousVersion() + " > " + running.version()
                + (running.version() == null ? " " + running.state() : "");
    }
}
