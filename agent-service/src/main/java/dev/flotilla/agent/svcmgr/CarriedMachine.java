package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.disk.AgentFolders;
import dev.flotilla.agent.disk.DurableFile;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.api.Names;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.RunningReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One machine that this agent carries, and no other agent at the same time. */
final class CarriedMachine {
    final String name;
    final Map<String, SupervisedService> services = new ConcurrentHashMap<>();

    private final AgentFolders folders;
    private final FileChannel channel;

    /** @throws MachineTakenException where another agent carries it */
    CarriedMachine(String name, AgentFolders folders) throws IOException {
        this.name = name;
        this.folders = folders;
        Path file = folders.lock(name);
        DurableFile.createFolders(file.resolveSibling(""));
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new MachineTakenException(name, folders.data());
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The services that have left anything on disk. */
    List<String> remembered() throws IOException {
        List<String> names = new ArrayList<>();
        Path folder = folders.machine(name);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    String service = entry.getFileName().toString();
                    if (Names.isService(service) && Files.isDirectory(entry)) {
                        names.add(service);
                    }
                }
            }
        }
        return names;
    }

    ServiceFolder folder(String service) {
        return folders.service(name, service);
    }

    /** The service; made where the machine has not heard of it. */
    SupervisedService service(String service, Function<ServiceFolder, SupervisedService> make) {
        return services.computeIfAbsent(service, none -> make.apply(folder(service)));
    }

    MachineReport report() {
        Map<String, RunningReport> reports = new TreeMap<>();
        services.forEach((service, supervised) -> {
            RunningReport report = supervised.report();
            if (report != null) {
                reports.put(service, report);
            }
        });
        return new MachineReport(name, reports);
    }

    /** Lets another agent carry it. */
    void release() throws IOException {
        channel.close();
    }
}
