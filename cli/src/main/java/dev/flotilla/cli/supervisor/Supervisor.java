package dev.flotilla.cli.supervisor;

import dev.flotilla.cli.supervisor.ClusterState.Phase;
import dev.flotilla.standalone.postgres.PostgresBinaries;
import dev.flotilla.standalone.postgres.PostgresCluster;
import dev.flotilla.standalone.postgres.PostgresPassword;
import dev.flotilla.standalone.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process in the background. It runs until it is told to stop (SIGTERM), and takes everything with it then. */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration RENEWAL_CHECK = Duration.ofMinutes(1);

    private final DataFolder data;
    private final ClusterOptions options;
    private final JavaRuntime java;
    private final Cluster cluster;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Supervisor(DataFolder data, ClusterOptions options, JavaRuntime java) {
        this.data = data;
        this.options = options;
        this.java = java;
        this.cluster = new Cluster(data, options);
    }

    /** @param args the data folder, the number of machines, the port offset, and whether the services run apart */
    public static void main(String[] args) throws Exception {
        DataFolder data = new DataFolder(Path.of(args[0]));
        ClusterOptions options =
                new ClusterOptions(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Boolean.parseBoolean(args[3]));
        if (!ClusterLock.acquire(data)) {
            LOG.error("Another supervisor has this cluster");
            System.exit(1);
        }
        Supervisor supervisor = new Supervisor(data, options, JavaRuntime.current());
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::tell, "told-to-stop"));
        System.exit(supervisor.run());
    }

    /** Called when this process is asked to end: it may, once the cluster is stopped. */
    private void tell() {
        told.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int run() throws IOException, InterruptedException {
        boolean failed = false;
        try {
            cluster.phase(Phase.STARTING, null);
            Keys keys = new Keys(data, options.machineNames(), InstantSource.system());
            keys.renewTokens();
            start();
            if (cluster.awaitReady(told, START_LIMIT)) {
                cluster.phase(Phase.READY, null);
                LOG.info("The cluster is up");
                cluster.watchForHangs(told, Silence.Bounds.USUAL);
            }
            while (!told.await(RENEWAL_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                renew(keys);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            LOG.error("The cluster could not be started: {}", e.getMessage(), e);
            stop();
            cluster.phase(Phase.FAILED, e.getMessage());
        } finally {
            if (!failed) {
                cluster.phase(Phase.STOPPING, null);
                stop();
                cluster.forget();
            }
            LOG.info("The cluster is down");
            ended.countDown();
        }
        return failed ? 1 : 0;
    }

    /** A renewal that fails is tried again at the next look: the tokens there are good for many hours yet. */
    private static void renew(Keys keys) {
        try {
            keys.renewTokens();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The tokens could not be renewed, trying again in {}: {}", RENEWAL_CHECK, e.toString());
        }
    }

    private void stop() throws IOException, InterruptedException {
        cluster.stop();
        int services = new DeployedProcesses(data).stop();
        LOG.info("Stopped {} services on the machines", services);
    }

    private void start() throws IOException, InterruptedException {
        String password = PostgresPassword.openOrCreate(data.keys());
        PostgresCluster database =
                new PostgresCluster(PostgresBinaries.unpackInto(java.binaries(data)), data.database(), password);
        database.initialize();
        int port = PostgresServer.freePort();
        ClusterPlan plan = new ClusterPlan(data, options, java);
        cluster.start(plan.database(database, port), data.log("postgres"));
        if (!cluster.awaitReady(told, START_LIMIT)) {
            return;
        }
        for (ProcessPlan part : plan.parts(database.jdbcUrl(port), password)) {
            cluster.start(part, data.output(part.name()));
        }
    }
}
