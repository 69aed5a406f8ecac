package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.cli.supervisor.ClusterState.Supervised;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private DataFolder data;
    private Cluster cluster;

    @BeforeEach
    void makeCluster() {
        data = new DataFolder(folder);
        cluster = new Cluster(data, new ClusterOptions(1, 0, false));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    @Test
    void aKilledProcessIsStartedAgainWithinASecond() {
        start("sleeper", "exec sleep 600");
        ProcessHandle first = awaitProcess("sleeper");
        first.destroyForcibly();
        long killed = System.nanoTime();
        await().atMost(LIMIT).until(() -> running("sleeper") != null && !first.equals(running("sleeper")));
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(2));
        assertThat(supervised("sleeper").restarts()).isEqualTo(1);
    }

    @Test
    void stoppingEndsEveryProcessAndStartsNoneAgain() throws Exception {
        start("one", "exec sleep 600");
        start("stubborn", "trap '' TERM; while :; do sleep 1; done");
        ProcessHandle one = awaitProcess("one");
        ProcessHandle stubborn = awaitProcess("stubborn");
        cluster.stop();
        // Not isAlive(): that takes a zombie, which has ended, for alive.
        assertThat(Processes.runs(one)).isFalse();
        assertThat(Processes.runs(stubborn)).isFalse();
        assertThat(running("one")).isNull();
    }

    @Test
    void aProcessThatDiesAgainAndAgainFailsTheStartWithItsLastWords() {
        start("broken", "echo 'port 8081 is taken by somebody'; exit 1");
        Throwable failure = catchThrowable(() -> cluster.awaitReady(new CountDownLatch(1), LIMIT));
        assertThat(failure)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("broken does not start")
                .hasMessageContaining("port 8081 is taken by somebody");
    }

    @Test
    void aProcessThatDoesNotBecomeReadyFailsTheStart() {
        start("idle", "exec sleep 600", process -> false);
        Throwable failure = catchThrowable(() -> cluster.awaitReady(new CountDownLatch(1), Duration.ofMillis(300)));
        assertThat(failure).isInstanceOf(StartFailure.class).hasMessageContaining("idle did not become healthy");
    }

    @Test
    void waitingEndsWhenItIsToldToStop() throws Exception {
        start("idle", "exec sleep 600", process -> false);
        assertThat(cluster.awaitReady(new CountDownLatch(0), LIMIT)).isFalse();
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotTakenForTheOneWrittenDown() {
        ProcessHandle self = ProcessHandle.current();
        RunningProcess now = RunningProcess.of(self);
        assertThat(now.find()).contains(self);
        assertThat(new RunningProcess(now.pid(), now.started().minusSeconds(60)).find())
                .isEmpty();
    }

    private void start(String name, String script) {
        start(name, script, process -> true);
    }

    private void start(String name, String script, ProcessPlan.Readiness readiness) {
        cluster.start(
                new ProcessPlan(
                        name,
                        List.of("sh", "-c", script),
                        Map.of(),
                        List.of(),
                        Duration.ofMillis(500),
                        readiness,
                        () -> true,
                        Processes::stop),
                data.output(name));
    }

    private ProcessHandle awaitProcess(String name) {
        return await().atMost(LIMIT).until(() -> running(name), process -> process != null);
    }

    private @org.jspecify.annotations.Nullable ProcessHandle running(String name) {
        RunningProcess process = supervised(name).process();
        return process == null ? null : process.find().orElse(null);
    }

    private Supervised supervised(String name) {
        return new StateFile(data)
                .read().stream()
                        .flatMap(state -> state.processes().stream())
                        .filter(process -> process.name().equals(name))
                        .findFirst()
                        .orElse(new Supervised(name, null, 0));
    }
}
