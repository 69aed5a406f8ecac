package dev.flotilla.orchestrator.rollout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether decisions still stand, for all who ask at the same time in one question to the database. An answer is never older than the question:
 * whoever asks while one is on its way waits for the next.
 */
@Repository
public class DecisionFence {
    private record Question(String rollout, long epoch, CompletableFuture<Boolean> answer) {}

    private record Epoch(String rollout, long epoch) {}

    private final JdbcClient jdbc;
    private List<Question> waiting = new ArrayList<>();
    private boolean asking;

    public DecisionFence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** True while nobody has written to the rollout since the decision that was written under this epoch, and it is not halted. */
    public boolean stands(String rollout, long epoch) {
        Question question = new Question(rollout, epoch, new CompletableFuture<>());
        if (mineToAsk(question)) {
            // Not by whoever came first: while others keep coming he would not get away with his answer.
            Thread.startVirtualThread(this::askForAll);
        }
        try {
            return question.answer().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private synchronized boolean mineToAsk(Question question) {
        waiting.add(question);
        boolean mine = !asking;
        asking = true;
        return mine;
    }

    private void askForAll() {
        List<Question> questions = next();
        while (!questions.isEmpty()) {
            answer(questions);
            questions = next();
        }
    }

    private synchronized List<Question> next() {
        List<Question> questions = waiting;
        waiting = new ArrayList<>();
        asking = !questions.isEmpty();
        return questions;
    }

    private void answer(List<Question> questions) {
        try {
            Set<Epoch> standing = read(questions);
            questions.forEach(question ->
                    question.answer().complete(standing.contains(new Epoch(question.rollout(), question.epoch()))));
        } catch (Throwable e) {
            questions.forEach(question -> question.answer().completeExceptionally(e));
        }
    }

    private Set<Epoch> read(List<Question> questions) {
        return new HashSet<>(jdbc.sql("select id, epoch from rollout where id = any(:rollouts) and state <> 'HALTED'")
                .param(
                        "rollouts",
                        questions.stream().map(Question::rollout).distinct().toArray(String[]::new))
                .query((row, number) -> new Epoch(row.getString("id"), row.getLong("epoch")))
                .list());
    }
}
