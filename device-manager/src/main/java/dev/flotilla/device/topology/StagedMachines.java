package dev.flotilla.device.topology;

import dev.flotilla.api.device.Machine;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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
                    address text not null
                ) on commit drop
                """);
        Integer staged = jdbc.execute((ConnectionCallback<Integer>) connection -> {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy staged (number, name, environment, machine_function, fault_domain, region, address)"
                            + " from stdin");
            try {
                Rows rows = new Rows(copy, faults);
                source.forEach(rows);
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

    private final class Rows implements MachineSource.Sink {
        private final CopyIn copy;
        private final Faults faults;
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
            var violations = validator.validate(machine);
            for (ConstraintViolation<Machine> violation : violations) {
                Object value = violation.getInvalidValue();
                faults.add(
                        number,
                        violation.getPropertyPath().toString(),
                        violation.getMessage(),
                        value == null ? null : value.toString());
            }
            if (violations.isEmpty() && faults.none()) {
                write(number, machine);
            }
        }

        /** The constraints of a machine leave no character that COPY would have to have escaped. */
        private void write(int number, Machine machine) throws IOException {
            String row = String.join(
                            "\t",
                            Integer.toString(number),
                            machine.name(),
                            machine.environment(),
                            machine.machineFunction(),
                            machine.faultDomain(),
                            machine.region(),
                            machine.address())
                    + "\n";
            byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new IOException(e);
            }
            written++;
        }
    }
}
