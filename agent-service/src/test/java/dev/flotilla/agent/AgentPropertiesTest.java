package dev.flotilla.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class AgentPropertiesTest {
    @Test
    void theDefaultsSuitAProductionMachine() {
        AgentProperties properties = bind(Map.of());

        assertThat(properties.stayUp()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.probeDeadline()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.stopGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.stopServicesOnExit()).isFalse();
        assertThat(properties.reportInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.downloads()).isEqualTo(4);
        assertThat(properties.downloadStall()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.downloadPatience()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.logSize()).isEqualTo(DataSize.ofMegabytes(10));
        assertThat(properties.logFiles()).isEqualTo(3);
        assertThat(properties.bundleSize()).isEqualTo(DataSize.ofGigabytes(20));
        assertThat(properties.restart().first()).isEqualTo(Duration.ofSeconds(1));
        assertThat(properties.restart().longest()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.restart().crashLoopAfter()).isEqualTo(5);
    }

    @Test
    void oneProcessCarriesOneMachineOrMany() {
        assertThat(bind(Map.of()).carried("m7")).containsExactly("m7");
        assertThat(bind(Map.of("flotilla.agent.machines", "m1..m3")).carried(""))
                .containsExactly("m1", "m2", "m3");
    }

    @Test
    void anAgentWithoutAMachineSaysWhatIsMissing() {
        assertThatThrownBy(() -> bind(Map.of()).carried(""))
                .hasMessageContaining("--flotilla.machine=m1")
                .hasMessageContaining("--flotilla.agent.machines=m1..m100");
    }

    private static AgentProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("flotilla.agent", AgentProperties.class);
    }
}
