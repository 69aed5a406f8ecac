package dev.flotilla.device.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.device.Environment;
import dev.flotilla.api.device.GroupLimits;
import dev.flotilla.api.device.GroupStatus;
import dev.flotilla.api.device.GroupStatus.FaultDomain;
import dev.flotilla.api.device.MachineFunction;
import dev.flotilla.api.device.Region;
import dev.flotilla.api.device.RegionPair;
import dev.flotilla.api.device.TopologyApi;
import dev.flotilla.device.testing.TestApis;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class PlacesTest {
    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private TopologyApi topology;
    private TestHttp http;

    @BeforeEach
    void twoGroups() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, "prod", "web", "w", 10, 2);
        TestFleet.group(jdbc, "prod", "db", "d", 3, 3);
        topology = TestApis.client(TopologyApi.class, port, tokens.bearer(Role.OPERATOR));
        http = new TestHttp(client, port, tokens.bearer(Role.OPERATOR));
    }

    @Test
    void placesAreCounted() {
        assertThat(topology.environments()).containsExactly(new Environment("prod", "west", 13, 2));
        assertThat(topology.environment("prod")).isEqualTo(new Environment("prod", "west", 13, 2));
        TestHttp.problem(404, http.get("/v1/environments/other", "application/json"));
        assertThat(topology.machineFunctions())
                .containsExactly(new MachineFunction("db", 3, 1), new MachineFunction("web", 10, 1));
    }

    @Test
    void regionsAreInOnePairAtMost() {
        topology.putRegionPair("p1", new RegionPair.Regions(List.of("west", "east")));
        assertThat(topology.regions()).containsExactly(new Region("east", 0, 0, "p1"), new Region("west", 13, 1, "p1"));
        Problem taken = TestHttp.problem(
                409, http.put("/v1/region-pairs/p2", "application/json", "{\"regions\":[\"north\",\"west\"]}"));
        assertThat(taken.detail()).contains("'west' is in 'p1'");
        TestHttp.problem(
                422, http.put("/v1/region-pairs/p2", "application/json", "{\"regions\":[\"north\",\"north\"]}"));
        TestHttp.problem(400, http.put("/v1/region-pairs/p2", "application/json", "{\"regions\":[\"north\"]}"));
        topology.putRegionPair("p1", new RegionPair.Regions(List.of("east", "north")));
        assertThat(topology.regionPairs()).containsExactly(new RegionPair("p1", List.of("east", "north")));
        topology.deleteRegionPair("p1");
        topology.deleteRegionPair("p1");
        TestHttp.problem(404, http.get("/v1/region-pairs/p1", "application/json"));
    }

    @Test
    void aGroupTellsItsLimitAndItsFaultDomains() {
        assertThat(topology.group("prod", "web"))
                .isEqualTo(new GroupStatus(
                        "prod",
                        "web",
                        "west",
                        10,
                        "20%",
                        2,
                        0,
                        0,
                        null,
                        List.of(new FaultDomain("fd1", 5, 0, 0, 0, 0), new FaultDomain("fd2", 5, 0, 0, 0, 0))));
        assertThat(topology.putLimits("prod", "db", new GroupLimits("34%")).allowed())
                .isEqualTo(2);
        assertThat(topology.putLimits("prod", "db", new GroupLimits("1%")).allowed())
                .isEqualTo(1);
        TestHttp.problem(404, http.put("/v1/groups/prod/x/limits", "application/json", "{\"maxUnavailable\":\"1\"}"));
        TestHttp.problem(400, http.put("/v1/groups/prod/web/limits", "application/json", "{\"maxUnavailable\":\"0\"}"));
    }
}
