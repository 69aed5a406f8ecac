package dev.flotilla.registry.changes;

import dev.flotilla.registry.decision.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Statements that are taken together or not at all, on their way to the log. */
final class Submission {
    private enum State {
        WAITING,
        TAKEN,
        WITHDRAWN
    }

    private final List<Statement> statements;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Void> durable = new CompletableFuture<>();

    Submission(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    List<Statement> statements() {
        return statements;
    }

    /** False when its caller no longer waits for it: it must be left out. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    void succeeded() {
        durable.complete(null);
    }

    void failed(Throwable cause) {
        durable.completeExceptionally(cause);
    }

    /**
     * Waits until it is durable.
     *
     * @throws NotDurableException when it is not, after this time or for another reason; one that was not begun by then never will be
     */
    void await(long millis) {
        try {
            if (!finishedWithin(millis) && !withdrawn() && !finishedWithin(millis)) {
                throw new NotDurableException("the database takes too long", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDurableException("this instance is stopping", e);
        } catch (ExecutionException e) {
            throw new NotDurableException("the database does not take it", e.getCause());
        }
    }

    private boolean finishedWithin(long millis) throws InterruptedException, ExecutionException {
        try {
            durable.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private boolean withdrawn() {
        if (state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
            throw new NotDurableException("the database takes too long", null);
        }
        return false;
    }
}
