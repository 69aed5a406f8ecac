package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.decision.ServiceRecord;
import dev.flotilla.agent.disk.AgentFolders;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.log.ServiceLog;
import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.RunState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Supervises every service of every machine that this process carries. */
public final class SvcMgr {
    private static final Logger log = LoggerFactory.getLogger(SvcMgr.class);

    private final AgentFolders folders;
    private final SequencedSet<String> names;
    private final Tools tools;
    private final Map<String, CarriedMachine> machines = new LinkedHashMap<>();

    public SvcMgr(AgentFolders folders, SequencedSet<String> names, SvcMgrParts parts) {
        this.folders = folders;
        this.names = names;
        this.tools = new Tools(
                new Acquisition(parts.store(), parts.fetcher(), parts.installer(), this::needs),
                parts.installer(),
                new Starter(folders.data(), parts.installer()),
                new Records(),
                parts.rules(),
                parts.stopGrace(),
                parts.clock(),
                parts.listener());
    }

    /**
     * Takes the machines, adopts what still runs on them, and brings up what should run. Called once, before anything else.
     *
     * @throws MachineTakenException where another agent carries one of them; then none is taken
     */
    public void start() throws IOException {
        try {
            for (String name : names) {
                machines.put(name, new CarriedMachine(name, folders));
            }
        } catch (IOException | RuntimeException e) {
            release();
            throw e;
        }
        Map<ServiceFolder, List<FoundProcess>> found = tools.starter().search().find().stream()
                .filter(process -> machines.containsKey(process.marks().machine()))
                .collect(Collectors.groupingBy(process -> folders.service(
                        process.marks().machine(), process.marks().service())));
        List<CompletableFuture<Void>> known = new ArrayList<>();
        for (CarriedMachine machine : machines.values()) {
            Set<String> services = new HashSet<>(machine.remembered());
            found.keySet().stream()
                    .filter(folder -> folder.machine().equals(machine.name))
                    .forEach(folder -> services.add(folder.service()));
            for (String service : services) {
                ServiceFolder folder = machine.folder(service);
                ServiceRecord record = tools.records().read(folder);
                SupervisedService supervised =
                        machine.service(service, own -> new SupervisedService(own, tools, record));
                known.add(supervised.start(found.getOrDefault(folder, List.of())));
            }
        }
        known.forEach(CompletableFuture::join);
        log.info(
                "carrying {} machines in {}, {} processes found running",
                machines.size(),
                folders.data(),
                found.size());
    }

    /** By name, in the order they were given. */
    public List<String> machines() {
        return List.copyOf(machines.keySet());
    }

    public boolean carries(String machine) {
        return machines.containsKey(machine);
    }

    /** Null for a machine that this agent does not carry. */
    public @Nullable MachineReport report(String machine) {
        CarriedMachine carried = machines.get(machine);
        return carried == null ? null : carried.report();
    }

    /** The log of a service that ran on the machine once; empty where it never did. */
    public Optional<ServiceLog> log(String machine, String service) {
        ServiceLog file = new ServiceLog(folders.service(machine, service).log());
        return carries(machine) && file.exists() ? Optional.of(file) : Optional.empty();
    }

    /**
     * Takes in an order that is genuine and for a machine carried here.
     *
     * @return completes once the order is on disk, or with {@link OrderRefusedException}
     */
    public CompletableFuture<OrderReceipt> order(Order order) {
        CarriedMachine machine = machines.get(order.machine());
        if (machine == null) {
            throw new IllegalArgumentException("machine " + order.machine() + " is not carried here");
        }
        return machine.service(order.service(), folder -> {
                    SupervisedService service = new SupervisedService(folder, tools, ServiceRecord.EMPTY);
                    CompletableFuture<Void> _ = service.start(List.of());
                    return service;
                })
                .order(order);
    }

    /** How many services are in that state. */
    public long count(RunState state) {
        return services()
                .map(SupervisedService::report)
                .filter(report -> report != null && report.effectiveState() == state)
                .count();
    }

    /** The digests of all payloads that must stay on the host. */
    public Set<String> neededDigests() {
        return services()
                .flatMap(service -> service.record().needed().stream())
                .map(release -> release.payload().sha256())
                .collect(Collectors.toSet());
    }

    boolean needs(String sha256) {
        return services()
                .flatMap(service -> service.record().needed().stream())
                .map(Release::payload)
                .anyMatch(payload -> payload.sha256().equals(sha256));
    }

    /** Keeps the logs short. */
    public void rotateLogs(long longest, int keep) {
        services().forEach(service -> {
            try {
                new ServiceLog(service.folder().log()).rotate(longest, keep);
            } catch (IOException e) {
                log.warn("the log of {} can't be rotated: {}", service.folder().root(), e.toString());
            }
        });
    }

    /**
     * Ends the supervision.
     *
     * @param stopServices true to stop all processes first, false to leave them running for the next run of the agent
     */
    public void close(boolean stopServices) {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        services().forEach(service -> ends.add(service.close(stopServices)));
        ends.forEach(CompletableFuture::join);
        release();
        log.info(stopServices ? "all services are stopped" : "{} services are left running", count(RunState.RUNNING));
    }

    private Stream<SupervisedService> services() {
        return machines.values().stream().flatMap(machine -> machine.services.values().stream());
    }

    private void release() {
        for (CarriedMachine machine : machines.values()) {
            try {
                machine.release();
            } catch (IOException e) {
                log.warn("the lock of machine {} can't be released: {}", machine.name, e.toString());
            }
        }
    }
}
