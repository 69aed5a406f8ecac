package dev.flotilla.upload.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.upload.Digests;
import dev.flotilla.upload.UploadClient;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Several owners who upload and delete versions as fast as they can, and remember what they were told. */
final class Owners {
    private static final int OWNERS = 6;

    /** What is known of a version. */
    private enum Told {
        UPLOADED,
        DELETED,
        NOTHING
    }

    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

    /** Works until some uploads are done, kills the service in the midst of the others, and returns. */
    void workUntilKilled(ServiceProcess service, int round, int uploads) {
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(OWNERS)) {
            for (int owner = 0; owner < OWNERS; owner++) {
                String name = "owner" + owner;
                Random random = new Random(round * 100L + owner);
                executor.submit(() -> {
                    UploadClient client = service.client();
                    for (int i = 0; !killed.get(); i++) {
                        work(client, name, "r" + round + "-" + i, random, done);
                    }
                });
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> done.get() >= uploads);
            service.kill();
            killed.set(true);
        }
    }

    private void work(UploadClient client, String service, String version, Random random, AtomicInteger done) {
        String name = service + "/" + version;
        byte[] content = new byte[1 + random.nextInt(300_000)];
        // Some contents are shared by the versions of all owners.
        new Random(random.nextInt(3) == 0 ? content.length % 7 : random.nextLong()).nextBytes(content);
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
