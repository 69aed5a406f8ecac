package dev.flotilla.agent.getandrun;

import dev.flotilla.api.Names;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.agent.Order;
import dev.flotilla.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that a genuine order is whole and meant for this machine. A signature says who wrote it, not that it makes sense. */
final class OrderFields {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_ID = 200;

    private final List<FieldError> errors = new ArrayList<>();

    private OrderFields() {}

    /** @throws ProblemException 422, with every field that is wrong */
    static void check(Order order, String machine) {
        OrderFields fields = new OrderFields();
        String id = order.id();
        fields.require(
                id != null && !id.isBlank() && id.length() <= LONGEST_ID, "id", "must have 1 to 200 characters", id);
        fields.require(machine.equals(order.machine()), "machine", "must be " + machine, order.machine());
        fields.require(
                order.service() != null && Names.isService(order.service()),
                "service",
                "must be " + Names.SERVICE_ALLOWED,
                order.service());
        fields.require(
                order.version() != null && Names.isVersion(order.version()),
                "version",
                "must be " + Names.VERSION_ALLOWED,
                order.version());
        fields.require(
                order.payload() != null
                        && order.payload().sha256() != null
                        && SHA256.matcher(order.payload().sha256()).matches()
                        && order.payload().size() >= 0,
                "payload",
                "must have a sha256 of 64 lower-case hexadecimal digits and a size that is not negative",
                order.payload());
        fields.require(order.notAfter() != null, "notAfter", "must say when the order becomes void", null);
        if (!fields.errors.isEmpty()) {
            throw ProblemException.unprocessable("The order is not one that this machine can carry out", fields.errors);
        }
    }

    private void require(boolean right, String field, String message, @Nullable Object rejected) {
        if (!right) {
            errors.add(ProblemException.error(field, message, rejected));
        }
    }
}
