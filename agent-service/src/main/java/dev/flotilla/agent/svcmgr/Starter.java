package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Health;
import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.install.InstallException;
import dev.flotilla.agent.install.Installer;
import dev.flotilla.agent.install.Program;
import dev.flotilla.agent.log.ServiceLog;
import dev.flotilla.agent.probe.ProbeRun;
import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.agent.process.Launch;
import dev.flotilla.agent.process.Launcher;
import dev.flotilla.agent.process.LiveProcess;
import dev.flotilla.agent.process.Marks;
import dev.flotilla.agent.process.ProcessSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Starts processes of installed releases, and takes over those that an earlier run of the agent started. */
final class Starter {
    /** Of the agent's own environment a service gets only this: the rest may hold what it must not know. */
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

    private static final String SERVICE_DATA = "FLOTILLA_SERVICE_DATA";

    private final Path data;
    private final Installer installer;
    private final Launcher launcher = new Launcher();
    private final ProcessSearch search;

    Starter(Path data, Installer installer) {
        this.data = data;
        this.installer = installer;
        this.search = new ProcessSearch(data);
    }

    /** A process that has been started, and by what it will be known. */
    record Started(Run run, String instance) {}

    ProcessSearch search() {
        return search;
    }

    Started start(ServiceFolder folder, Release release, BiConsumer<Run, Health> healthSeen)
            throws IOException, InstallException {
        Program program = installer.program(folder, release);
        Files.createDirectories(folder.data());
        Files.createDirectories(folder.log().resolveSibling(""));
        Marks marks = Marks.of(
                data,
                folder.machine(),
                folder.service(),
                release.version(),
                release.payload().sha256());
        Map<String, String> environment = environment(folder, program, marks);
        long outputFrom = new ServiceLog(folder.log()).length();
        LiveProcess process =
                launcher.start(new Launch(program.command(), environment, program.directory(), folder.log()));
        Health health = program.probe() == null ? new Health.Unprobed() : new Health.Pending(null);
        Run run = new Run(release, process, program, outputFrom, health);
        probe(run, environment, healthSeen);
        return new Started(run, marks.instance());
    }

    /**
     * Empty where it has ended meanwhile.
     *
     * @param proven true to take what has a probe for healthy until the probe says otherwise; false where it must pass it first
     */
    Optional<Run> adopt(
            ServiceFolder folder,
            Release release,
            FoundProcess found,
            boolean proven,
            BiConsumer<Run, Health> healthSeen)
            throws IOException {
        Program program = programOrNone(folder, release);
        long outputFrom = new ServiceLog(folder.log()).length();
        Health probed = proven ? new Health.Healthy() : new Health.Pending(null);
        Health health = program.probe() == null ? new Health.Unprobed() : probed;
        Optional<Run> run = search.adopt(found).map(process -> new Run(release, process, program, outputFrom, health));
        run.ifPresent(adopted -> probe(adopted, environment(folder, program, found.marks()), healthSeen));
        return run;
    }

    private Program programOrNone(ServiceFolder folder, Release release) {
        try {
            return installer.program(folder, release);
        } catch (IOException | InstallException e) {
            // its files are gone while it runs: it can still be watched and stopped
            return new Program(List.of(), Map.of(), folder.data(), null, null);
        }
    }

    private static void probe(Run run, Map<String, String> environment, BiConsumer<Run, Health> healthSeen) {
        if (run.program().probe() != null) {
            new ProbeRun(run.program().probe(), run.program().directory(), environment)
                    .start(run.health, () -> !run.process.hasEnded(), health -> healthSeen.accept(run, health));
        }
    }

    private static Map<String, String> environment(ServiceFolder folder, Program program, Marks marks) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().retainAll(INHERITED);
        environment.putAll(program.environment());
        environment.putAll(marks.environment());
        environment.put(SERVICE_DATA, folder.data().toString());
        return environment;
    }
}
