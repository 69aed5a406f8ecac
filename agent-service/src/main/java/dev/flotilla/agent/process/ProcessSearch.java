package dev.flotilla.agent.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the processes that an earlier run of the agent left running. */
public final class ProcessSearch {
    private final Path data;
    private final ExitWatch exits = new ExitWatch();

    public ProcessSearch(Path data) {
        this.data = data;
    }

    /** All living processes with the marks of this data folder, from one reading of {@code /proc}. */
    public List<FoundProcess> find() {
        long self = ProcessHandle.current().pid();
        List<FoundProcess> found = new ArrayList<>();
        for (long pid : ProcTable.pids()) {
            Marks marks = pid == self ? null : Marks.read(ProcTable.environment(pid));
            if (marks == null || !marks.data().equals(data)) {
                continue;
            }
            ProcStat stat = ProcStat.of(pid);
            if (stat != null && stat.living()) {
                found.add(new FoundProcess(stat, marks));
            }
        }
        return found;
    }

    /** Takes over the supervision; empty where the process has ended meanwhile. */
    public Optional<LiveProcess> adopt(FoundProcess found) {
        ProcStat now = ProcStat.of(found.pid());
        if (now == null || !now.living() || now.startTicks() != found.stat().startTicks()) {
            return Optional.empty();
        }
        return ProcessHandle.of(found.pid()).map(handle -> LiveProcess.adopted(handle, exits.watch(found.stat())));
    }
}
