package dev.flotilla.upload.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.upload.Digests;
import dev.flotilla.upload.UploadClient;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Several owners who upload and delete versions as fast as they can, and remember what they were told. */
final class Owners {
    private static final int OWNERS = 6;
    private static final int UPLOADS = 25;

    /** What is known of a version. */
    private enum Told {
        UPLOADED,
        DELETED,
        NOTHING
    }

    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

    /** Works until some uploads are done and the moment has come, kills the service in the midst of the others, and returns. */
    void workUntilKilled(ServiceProcess service, int round, BooleanSupplier moment) throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean killed = new AtomicBoolean();
        List<Future<?>> working = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(OWNERS)) {
            for (int owner = 0; owner < OWNERS; owner++) {
                String name = "owner" + owner;
                Random random = new Random(round * 100L + owner);
                working.add(executor.submit(() -> {
                    UploadClient client = service.client();
                    for (int i = 0; !killed.get(); i++) {
                        work(client, name, "r" + round + "-" + i, random, done);
                    }
                }));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> done.get() >= UPLOADS && moment.getAsBoolean());
            service.kill();
            killed.set(true);
        }
        for (Future<?> owner : working) {
            owner.get();
        }
    }

    private void work(UploadClient client, String service, String version, Random random, AtomicInteger done) {
        String name = service + "/" + version;
        byte[] content = content(random);
        bytes.put(name, content);
        told.put(name, Told.NOTHING);
        try {
            if (client.upload(service, version, content).statusCode() == 201) {
                told.put(name, Told.UPLOADED);
                done.incrementAndGet();
                if (random.nextInt(3) == 0) {
                    told.put(name, Told.NOTHING);
                    if (client.delete(service, version).statusCode() == 204) {
                        told.put(name, Told.DELETED);
                    }
                }
            }
        } catch (UncheckedIOException e) {
            // The service was killed before it answered: both outcomes are right now.
        }
    }

    /** A third of all versions share a few contents. */
    private static byte[] content(Random random) {
        boolean shared = random.nextInt(3) == 0;
        Random source = new Random(shared ? random.nextInt(4) : random.nextLong());
        byte[] content = new byte[1 + source.nextInt(1_000_000)];
        source.nextBytes(content);
        return content;
    }

    /** What was promised holds; what was not is there as a whole or not at all. */
    void checkAll(UploadClient client) {
        assertThat(Set.copyOf(told.values())).contains(Told.UPLOADED, Told.DELETED, Told.NOTHING);
        told.forEach((name, known) -> {
            String[] parts = name.split("/", 2);
            HttpResponse<byte[]> answer = client.download(parts[0], parts[1]);
            boolean there = answer.statusCode() == 200;
            switch (known) {
                case UPLOADED -> assertThat(there).as(name + " was uploaded").isTrue();
                case DELETED ->
                    assertThat(answer.statusCode()).as(name + " was deleted").isEqualTo(404);
                case NOTHING -> assertThat(answer.statusCode()).as(name).isIn(200, 404);
            }
            if (there) {
                assertThat(Digests.sha256(answer.body())).as(name).isEqualTo(Digests.sha256(bytes.get(name)));
            }
        });
    }
}
