package dev.flotilla.device.topology;

import dev.flotilla.api.Names;
import dev.flotilla.api.Page;
import dev.flotilla.api.device.Machine;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Machines page by page. */
@Component
class MachinePages {
    private static final int LARGEST_PAGE = 10_000;

    private final Topology topology;

    MachinePages(Topology topology) {
        this.topology = topology;
    }

    Page<Machine> page(MachineFilter filter, int limit, @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        List<Machine> found = topology.machines(filter, cursor == null ? "" : after(cursor), limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<Machine> page = found.subList(0, limit);
        return new Page<>(page, Cursors.encode(page.getLast().name()));
    }

    private static String after(String cursor) {
        String name = Cursors.decode(cursor, 1).getFirst();
        if (!Names.isPlace(name)) {
            throw ProblemException.badRequest("cursor", "must be a nextCursor that was answered before", cursor);
        }
        return name;
    }
}
