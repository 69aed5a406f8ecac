package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.platform.testing.TestHttp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclarationRaceTest extends TargetWorld {
    @Test
    void whoeverFollowsTheFeedMissesNothingAndDeclarationsNeverBlockEachOther() throws Exception {
        int declarers = 4;
        int each = 8;
        try (var threads = Executors.newFixedThreadPool(declarers)) {
            List<Future<List<Deployment>>> declared = new ArrayList<>();
            for (int i = 0; i < declarers; i++) {
                long seed = i;
                declared.add(threads.submit(() -> declareAtRandom(new Random(seed), each)));
            }
            List<Long> followed = new ArrayList<>();
            long last = 0;
            while (!declared.stream().allMatch(Future::isDone)) {
                last = follow(last, followed);
            }
            follow(last, followed);

            List<Long> all = new ArrayList<>();
            for (Future<List<Deployment>> future : declared) {
                future.get().forEach(deployment -> all.add(deployment.revision()));
            }
            assertThat(followed).isEqualTo(all.stream().distinct().sorted().toList());
        }
        assertThat(jdbc.sql("""
                        select count(*) from target_current t where revision <> (
                            select max(revision) from deployment d where t.machine = any(d.machines))
                        """).query(Long.class).single())
                .as("machines whose current deployment is not the newest that names them")
                .isZero();
    }

    private List<Deployment> declareAtRandom(Random random, int times) {
        List<String> machines = new ArrayList<>(
                IntStream.rangeClosed(1, 60).mapToObj(i -> "m" + i).toList());
        List<Deployment> declared = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Collections.shuffle(machines, random);
            String file = String.join("\n", machines.subList(0, 1 + random.nextInt(machines.size())));
            declared.add(declareFile(random.nextBoolean() ? HELLO_1 : HELLO_2, file));
        }
        return declared;
    }

    private long follow(long last, List<Long> followed) {
        for (DeploymentSummary summary :
                list("/v1/deployments?afterRevision=" + last).items()) {
            followed.add(summary.revision());
        }
        return followed.isEmpty() ? last : followed.getLast();
    }

    @Test
    void theSameDeclaredManyTimesAtOnceIsOneDeployment() throws Exception {
        int callers = 4;
        CyclicBarrier start = new CyclicBarrier(callers);
        try (var threads = Executors.newFixedThreadPool(callers)) {
            for (int round = 1; round <= 8; round++) {
                String file = "m" + round;
                List<Callable<String>> calls = Collections.nCopies(callers, () -> {
                    start.await();
                    return declareFile(HELLO_1, file).id();
                });
                Set<String> ids = new HashSet<>();
                for (Future<String> id : threads.invokeAll(calls)) {
                    ids.add(id.get());
                }
                assertThat(ids).hasSize(1);
            }
        }
        assertThat(ids("/v1/deployments")).hasSize(8);
    }

    @Test
    void aVersionThatIsDeletedWhileItIsDeclaredIsNotDeclared() {
        uploads.afterNextAnswer(() -> uploads.remove("hello", "1.0"));
        Problem problem = TestHttp.problem(409, http.put(HELLO_1, "text/plain", "m1"));
        assertThat(problem.detail()).contains("1.0", "deleted");
        assertNothingDeclared();
    }

    @Test
    void aVersionThatIsReplacedWhileItIsDeclaredIsNotDeclared() {
        uploads.afterNextAnswer(() -> uploads.replace("hello", "1.0"));
        TestHttp.problem(409, http.put(HELLO_1, "text/plain", "m1"));
        assertNothingDeclared();
    }

    @Test
    void whoeverDeletesAVersionLearnsOfADeclarationUnderWay() {
        // The second answer is the check after the announcement: a deletion that begins now asks whether the version is
        // targeted.
        AtomicReference<List<String>> targeting = new AtomicReference<>();
        uploads.afterNextAnswer(() -> uploads.afterNextAnswer(() -> targeting.set(targeting("1.0"))));
        Deployment deployment = declareFile(HELLO_1, "m1");
        assertThat(targeting.get()).containsExactly("d0");
        assertThat(targeting("1.0")).containsExactly(deployment.id());
    }

    @Test
    void aDeclarationWhoseProcessDiedStopsToCountAfterAMinute() {
        jdbc.sql("""
                insert into announcement (id, service, version, summary, since)
                select gen_random_uuid(), 'hello', '1.0', '{}', clock_timestamp() - interval '61 seconds'
                """).update();
        assertThat(targeting("1.0")).isEmpty();
        declareFile(HELLO_1, "m1");
        assertThat(jdbc.sql("select count(*) from announcement")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aDeclarationWhoseChecksTookTooLongIsNotStored() {
        uploads.afterNextAnswer(() ->
                uploads.afterNextAnswer(() -> jdbc.sql("update announcement set since = since - interval '31 seconds'")
                        .update()));
        TestHttp.problem(503, http.put(HELLO_1, "text/plain", "m1"));
        assertNothingDeclared();
    }

    @Test
    void whileAnotherServiceIsAwayNothingIsDeclared() {
        devices.goAway();
        TestHttp.problem(503, http.put(HELLO_1, "text/plain", "m1"));
        devices.comeBack();
        uploads.goAway();
        TestHttp.problem(503, http.put(HELLO_1, "text/plain", "m1"));
        uploads.clear();
        uploads.add("hello", "1.0");
        uploads.afterNextAnswer(uploads::goAway);
        TestHttp.problem(503, http.put(HELLO_1, "text/plain", "m1"));
        assertNothingDeclared();
    }
}
