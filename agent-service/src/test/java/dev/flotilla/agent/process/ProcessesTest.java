package dev.flotilla.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    Path folder;

    @Test
    void aProcessLeadsASessionOfItsOwnAndEndsWithItsExitCode() throws Exception {
        LiveProcess process = start("sleep 0.3; exit 7");

        await().until(() -> {
            ProcStat stat = ProcStat.of(process.pid());
            return stat == null || stat.leadsSession();
        });

        assertThat(process.ended().get(10, TimeUnit.SECONDS)).isEqualTo(new Exit(7));
    }

    @Test
    void stoppingAtTheVeryMomentOfTheStartWorks() throws Exception {
        for (int i = 0; i < 20; i++) {
            LiveProcess process = start("exec sleep 600");
            process.stop(Duration.ofSeconds(5));
            assertThat(process.ended().get(10, TimeUnit.SECONDS).describe()).isEqualTo("SIGTERM");
        }
    }

    @Test
    void aStoppedProcessIsWokenToHearThatItMustEnd() throws Exception {
        LiveProcess process = start("exec sleep 600");
        await().until(() -> new ProcessGroup(process.pid()).lives());
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();

        process.stop(Duration.ofSeconds(5));

        assertThat(process.ended().get(10, TimeUnit.SECONDS).describe()).isEqualTo("SIGTERM");
    }

    @Test
    void aZombieIsNotAlive() throws Exception {
        // the parent never waits for its child
        Process parent = new ProcessBuilder("setsid", "sh", "-c", "sh -c 'echo $$; exit 0' & exec sleep 600").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            await().until(() -> {
                ProcStat stat = ProcStat.of(child);
                return stat != null && stat.state() == 'Z';
            });
            assertThat(ProcStat.of(child))
                    .isNotNull()
                    .satisfies(stat -> assertThat(stat.living()).isFalse());
        } finally {
            new ProcessGroup(parent.pid()).stop(Duration.ofSeconds(1));
        }
    }

    @Test
    void signalsNeverReachEverybody() {
        for (long group : new long[] {-5, 0, 1, 1L << 40}) {
            assertThatThrownBy(() -> Kill.group(group, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void namesWithBlanksAndBracketsDoNotConfuse() {
        ProcStat stat = ProcStat.parse(42, "42 (a) b (c) S 1 42 41 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 123456 2 3 4");
        assertThat(stat).isEqualTo(new ProcStat(42, 'S', 42, 41, 123456));
        assertThat(ProcStat.parse(42, "")).isNull();
        assertThat(ProcStat.parse(42, "42 (sh)")).isNull();
        assertThat(ProcStat.parse(42, "42 (sh) S 1 42")).isNull();
    }

    @Test
    void anExitSaysWhatHappened() {
        assertThat(new Exit(3).describe()).isEqualTo("exit code 3");
        assertThat(new Exit(137).describe()).isEqualTo("SIGKILL");
        assertThat(new Exit(128 + 40).describe()).isEqualTo("signal 40");
        assertThat(new Exit(255).describe()).isEqualTo("exit code 255");
        assertThat(new Exit(null).describe()).contains("nobody saw");
    }

    @Test
    void marksThatCouldBecomePathsAreIgnored() {
        Marks marks = Marks.of(folder, "m1", "hello", "1", "0".repeat(64));
        assertThat(Marks.read(marks.environment())).isEqualTo(marks);
        Map<String, String> evil = new java.util.HashMap<>(marks.environment());
        evil.put("FLOTILLA_SERVICE", "../../etc");
        assertThat(Marks.read(evil)).isNull();
    }

    private LiveProcess start(String script) throws Exception {
        return new Launcher()
                .start(new Launch(
                        List.of("sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), folder, folder.resolve("log")));
    }
}
