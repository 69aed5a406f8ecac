package dev.flotilla.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.Machine;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.7:8084",
                "https://agent-7.rack-1.example:65535/",
                "http://localhost",
                "http://[::1]:8084",
                "http://[fd00::7]"
            })
    void takesWhatARequestCanBeSentTo(String address) {
        assertThat(address).matches(Machine.ADDRESS);
        assertThat(URI.create(address).getHost()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[::1",
                "http://h:99999",
                "http://h:0",
                "http://h:",
                "http://-:-",
                "http://:80",
                "http://....",
                "http://a_b:80",
                "http://h:80/path",
                "ftp://h:80",
                "http://h:80\n"
            })
    void refusesWhatNoRequestCanBeSentTo(String address) {
        assertThat(address).doesNotMatch(Machine.ADDRESS);
    }
}
