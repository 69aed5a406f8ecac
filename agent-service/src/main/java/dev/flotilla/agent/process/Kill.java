package dev.flotilla.agent.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** {@code kill(2)}, which Java has for single processes only. */
final class Kill {
    enum Answer {
        SENT,
        /** There is no such process group. */
        NOBODY,
        /** There is one, and it belongs to someone else. */
        FORBIDDEN
    }

    private static final int EPERM = 1;
    private static final int ESRCH = 3;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                    Linker.Option.captureCallState("errno"));

    private Kill() {}

    /** Signals every member of a process group; signal 0 only asks whether there is one. */
    static Answer group(long group, int signal) {
        if (group <= 1 || group > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(group + " is no process group of a service");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) KILL.invokeExact(state, Math.toIntExact(-group), signal);
            if (result == 0) {
                return Answer.SENT;
            }
            int errno = (int) ERRNO.get(state, 0L);
            return switch (errno) {
                case ESRCH -> Answer.NOBODY;
                case EPERM -> Answer.FORBIDDEN;
                default ->
                    throw new IllegalStateException("kill(-" + group + ", " + signal + ") failed, errno " + errno);
            };
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }
}
