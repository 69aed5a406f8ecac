package dev.flotilla.upload;

import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.service.FlotillaService;
import dev.flotilla.platform.testing.TestTokens;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Races between two instances of the service over the same database and storage. */
@UploadServiceTest
class ConcurrencyTest {
    private static final int AT_ONCE = 8;

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient db;

    ConfigurableApplicationContext second;
    List<UploadClient> instances;

    @BeforeEach
    void twoInstances() {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        for (String key : List.of(
                "flotilla.data",
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "flotilla.security.token-file")) {
            arguments.add("--" + key + "=" + environment.getRequiredProperty(key));
        }
        second = FlotillaService.run(UploadService.class, UploadService.NAME, arguments.toArray(String[]::new));
        int secondPort = second.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        String owner = tokens.bearer(Role.PUBLISHER);
        instances = List.of(new UploadClient(port, owner), new UploadClient(secondPort, owner));
    }

    @AfterEach
    void stopTheSecond() {
        second.close();
    }

    @Test
    void racesEndWithOneWinnerAndOneTruth() throws Exception {
        for (int round = 0; round < 5; round++) {
            String version = "same" + round;
            assertThat(statuses(i -> instances.get(i % 2).upload("race", version, "the same bytes")))
                    .as("the same bytes")
                    .containsOnlyOnce(201)
                    .containsOnly(201, 200);
        }
        for (int round = 0; round < 5; round++) {
            String version = "other" + round;
            assertThat(statuses(i -> instances.get(i % 2).upload("race", version, "bytes of " + i)))
                    .as("other bytes")
                    .containsOnlyOnce(201)
                    .containsOnly(201, 409);
            assertThat(text(instances.getFirst().download("race", version))).startsWith("bytes of");
        }
        for (int round = 0; round < 5; round++) {
            String content = "content shared in round " + round;
            String version = "churn" + round;
            statuses(i -> {
                UploadClient instance = instances.get(i % 2);
                HttpResponse<byte[]> uploaded = instance.upload("race" + i, version, content);
                assertThat(uploaded.statusCode()).isEqualTo(201);
                assertThat(text(instance.download("race" + i, version))).isEqualTo(content);
                return i == 7 ? uploaded : instances.getFirst().delete("race" + i, version);
            });
            assertThat(text(instances.getLast().download("race7", version))).isEqualTo(content);
        }
        assertThat(db.sql(
                                "select count(*) from content c where versions <>"
                                        + " (select count(*) from version v where v.sha256 = c.sha256 and v.state = 'READY') or uploads <> 0")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(db.sql("select versions from service where service = 'race'")
                        .query(Long.class)
                        .single())
                .isEqualTo(10);
    }

    private static List<Integer> statuses(IntFunction<HttpResponse<byte[]>> request) throws Exception {
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                answers.add(executor.submit(() -> {
                    together.await();
                    return request.apply(number).statusCode();
                }));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }
}
