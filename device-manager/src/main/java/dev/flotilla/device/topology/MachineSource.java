package dev.flotilla.device.topology;

import dev.flotilla.api.device.Machine;
import java.io.IOException;
import java.util.List;

/** The machines of one import, in the order in which the request names them, each with its number. */
interface MachineSource {
    /** Hands each machine to the sink, well-formed or not. May be called once. */
    void forEach(Sink sink) throws IOException;

    /** The place in the request that a number stands for, such as {@code line 17}; empty where only one machine is named. */
    String place(int number);

    /** Whether the request says whose machines they are; if not, known machines stay whose they were. Known once all are handed on. */
    default boolean namesTenants() {
        return true;
    }

    /** Takes what a source finds. */
    interface Sink {
        void machine(int number, Machine machine) throws IOException;

        /** There is no machine to be read at this number. */
        void unreadable(int number, String why, String text);
    }

    /** One machine, the body of the request. */
    static MachineSource one(Machine machine) {
        return new MachineSource() {
            @Override
            public void forEach(Sink sink) throws IOException {
                sink.machine(0, machine);
            }

            @Override
            public String place(int number) {
                return "";
            }
        };
    }

    /** The elements of a list. */
    static MachineSource list(List<Machine> machines) {
        return new MachineSource() {
            @Override
            public void forEach(Sink sink) throws IOException {
                int number = 0;
                for (Machine machine : machines) {
                    if (machine == null) {
                        sink.unreadable(number, "must be a machine", "null");
                    } else {
                        sink.machine(number, machine);
                    }
                    number++;
                }
            }

            @Override
            public String place(int number) {
                return "machines[" + number + "]";
            }
        };
    }
}
