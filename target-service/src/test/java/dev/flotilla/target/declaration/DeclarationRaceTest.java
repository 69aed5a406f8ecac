package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.platform.testing.TestHttp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclarationRaceTest extends TargetWorld {
    @Test
    void whoeverFollowsTheFeedMissesNothingAndDeclarationsNeverBlockEachOther() throws Exception {
        int declarers = 4;
        int each = 15;
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
                IntStream.rangeClosed(1, 200).mapToObj(i -> "m" + i).toList());
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
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Deployment>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> declareFile(HELLO_1, "m1\nm2\n")))
                    .toList();
            for (Future<Deployment> answer : answers) {
                String id = answer.get().id();
                assertThat(ids("/v1/deployments")).containsExactly(id);
            }
        }
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
