package dev.flotilla.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.JavaRuntime;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.standalone.Part;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    @Test
    void aTakenPortIsNamedWithItsServiceAndNothingIsStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int offset = taken.getLocalPort() - Part.UPLOAD.defaultPort();
            ClusterOptions options = new ClusterOptions(1, offset, false);
            DataFolder data = new DataFolder(folder.resolve("data"));
            Throwable failure = catchThrowable(() -> cluster(data).up(options));
            assertThat(failure)
                    .isInstanceOf(CliFailure.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " (upload-service) is taken");
            assertThat(((CliFailure) failure).exit()).isEqualTo(Exit.ENVIRONMENT);
            assertThat(data.run()).doesNotExist();
        }
    }

    private static LocalCluster cluster(DataFolder data) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new LocalCluster(data, JavaRuntime.current(), new Output(nowhere, nowhere, Output.Format.table, 0));
    }
}
