package dev.flotilla.cli.repair;

import dev.flotilla.api.MachineNames;
import dev.flotilla.api.target.MachineGroup;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** Machines that must be named. */
public final class Named {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--machines",
            paramLabel = "M",
            split = ",",
            required = true,
            description = "Machines by name; m1..m100 stands for a hundred.")
    private List<String> machines = new ArrayList<>();

    public List<String> machines() {
        try {
            return List.copyOf(MachineNames.expand(machines));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--machines': " + e.getMessage());
        }
    }

    /** An environment and a machine function, as {@code prod-a/web}. */
    static final class Group implements ITypeConverter<MachineGroup> {
        @Override
        public MachineGroup convert(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new TypeConversionException(
                        "'" + text + "' is no group: write environment/machine-function, such as prod-a/web");
            }
            return new MachineGroup(parts[0], parts[1]);
        }
    }
}
