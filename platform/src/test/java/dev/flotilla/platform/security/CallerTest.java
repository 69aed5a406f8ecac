package dev.flotilla.platform.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {
    @Test
    void anOwnerMayActForItsServicesOnly() {
        Caller owner = new Caller("ann", Set.of(Role.PUBLISHER), Set.of("hello"), List.of());
        assertThatCode(() -> owner.require(Role.PUBLISHER)).doesNotThrowAnyException();
        assertThatCode(() -> owner.requireService("hello")).doesNotThrowAnyException();
        assertThatThrownBy(() -> owner.requireService("other"))
                .hasMessageContaining("'ann' may not act for the service 'other'");
        assertThatThrownBy(() -> owner.require(Role.DEPLOYER)).hasMessageContaining("takes the role deployer");
    }

    @Test
    void anOperatorActsForAllServicesButReportsForNoMachine() {
        Caller operator = new Caller("x", Set.of(Role.OPERATOR), Set.of(), List.of());
        assertThatCode(() -> operator.require(Role.DEPLOYER)).doesNotThrowAnyException();
        assertThatCode(() -> operator.requireService("hello")).doesNotThrowAnyException();
        assertThatThrownBy(() -> operator.requireMachine("m1")).hasMessageContaining("role machine");
    }

    @Test
    void aServiceMayDoOnlyWhatNamesItsRole() {
        Caller service = new Caller("orchestrator-service", Set.of(Role.SERVICE), Set.of(), List.of());
        assertThatCode(() -> service.require(Role.SERVICE)).doesNotThrowAnyException();
        for (Role role : List.of(Role.PUBLISHER, Role.DEPLOYER, Role.OPERATOR, Role.MACHINE)) {
            assertThatThrownBy(() -> service.require(role)).hasMessageContaining("takes the role " + role.claimValue());
        }
        assertThatThrownBy(() -> service.requireService("hello")).hasMessageContaining("may not act for the service");
        assertThatThrownBy(() -> service.requireMachine("m1")).hasMessageContaining("role machine");
    }

    @Test
    void anAgentReportsForTheMachinesOfItsTokenOnly() {
        Caller agent = new Caller("agent", Set.of(Role.MACHINE), Set.of(), List.of("m1..m3", "db-7"));
        assertThatCode(() -> agent.requireMachine("m2")).doesNotThrowAnyException();
        assertThatCode(() -> agent.requireMachine("db-7")).doesNotThrowAnyException();
        assertThatThrownBy(() -> agent.requireMachine("m4")).hasMessageContaining("m4");
    }
}
