package dev.flotilla.device.topology;

import dev.flotilla.api.Names;
import dev.flotilla.api.device.Machine;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings the machines of an import into the table {@code staged}, which lives as long as the transaction. They pass through one by
 * one, so an import of any size needs no memory.
 */
@Component
class StagedMachines {
    private static final Pattern ADDRESS = Pattern.compile(Machine.ADDRESS);
    private static final int BLOCK = 1 << 16;

    private final JdbcTemplate jdbc;
    private final Validator validator;

    StagedMachines(JdbcTemplate jdbc, Validator validator) {
        this.jdbc = jdbc;
        this.validator = validator;
    }

    /** Stages every well-formed machine and adds the others to the faults. Needs a transaction. */
    int stage(MachineSource source, Faults faults) {
        jdbc.execute("""
                create temporary table staged (
                    number int not null,
                    name text collate "C" not null,
                    environment text collate "C" not null,
                    machine_function text collate "C" not null,
                    fault_domain text collate "C" not null,
                    region text collate "C" not null,
                    address text not null,
                    tenant text collate "C"
                ) on commit drop
                """);
        Integer staged = jdbc.execute((ConnectionCallback<Integer>) connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy staged from stdin");
            try {
                Rows rows = new Rows(copy, faults);
                source.forEach(rows);
                rows.flush();
                copy.endCopy();
                return rows.written;
            } catch (IOException e) {
                throw new SQLException("The machines could not be staged", e);
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        });
        jdbc.execute("analyze staged");
        return staged == null ? 0 : staged;
    }

    private static boolean wellFormed(Machine machine) {
        return isPlace(machine.name())
                && isPlace(machine.environment())
                && isPlace(machine.machineFunction())
                && isPlace(machine.faultDomain())
                && isPlace(machine.region())
                && (machine.tenant() == null || isPlace(machine.tenant()))
                && machine.address() != null
                && ADDRESS.matcher(machine.address()).matches();
    }

    private static boolean isPlace(@Nullable String name) {
        return name != null && Names.isPlace(name);
    }

    private final class Rows implements MachineSource.Sink {
        private final CopyIn copy;
        private final Faults faults;
        private final StringBuilder rows = new StringBuilder(BLOCK + 2048);
        private int written;

        Rows(CopyIn copy, Faults faults) {
            this.copy = copy;
            this.faults = faults;
        }

        @Override
        public void unreadable(int number, String why, String text) {
            faults.add(number, "", why, text);
        }

        @Override
        public void machine(int number, Machine machine) throws IOException {
            if (wellFormed(machine)) {
                if (faults.none()) {
                    write(number, machine);
                }
                return;
            }
            // The slow way, which finds the words for what is wrong.
            var violations = validator.validate(machine);
            for (ConstraintViolation<Machine> violation : violations) {
                Object value = violation.getInvalidValue();
                faults.add(
                        number,
                        violation.getPropertyPath().toString(),
                        violation.getMessage(),
                        value == null ? null : value.toString());
            }
            if (violations.isEmpty()) {
                throw new IllegalStateException("nothing is found wrong with " + machine);
            }
        }

        /** The constraints of a machine leave no character that COPY would have to have escaped. */
        private void write(int number, Machine machine) throws IOException {
            rows.append(number);
            field(machine.name());
            field(machine.environment());
            field(machine.machineFunction());
            field(machine.faultDomain());
            field(machine.region());
            field(machine.address());
            field(machine.tenant() == null ? "\\N" : machine.tenant());
            rows.append('\n');
            if (rows.length() > BLOCK) {
                flush();
            }
            written++;
        }

        private void field(String value) {
            rows.append('\t').append(value);
        }

        void flush() throws IOException {
            byte[] bytes = rows.toString().getBytes(StandardCharsets.US_ASCII);
            rows.setLength(0);
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
