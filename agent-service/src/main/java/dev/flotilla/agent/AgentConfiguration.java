package dev.flotilla.agent;

import dev.flotilla.agent.disk.AgentFolders;
import dev.flotilla.agent.getandrun.GetAndRunSvc;
import dev.flotilla.agent.install.Installer;
import dev.flotilla.agent.payload.Fetcher;
import dev.flotilla.agent.payload.HttpPayloadSource;
import dev.flotilla.agent.payload.PayloadStore;
import dev.flotilla.agent.report.ChangeBell;
import dev.flotilla.agent.report.Reporter;
import dev.flotilla.agent.svcmgr.SvcMgr;
import dev.flotilla.agent.svcmgr.SvcMgrParts;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.orders.OrderVerifier;
import dev.flotilla.platform.security.TokenSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the agent together. */
@Configuration(proxyBeanMethods = false)
class AgentConfiguration {
    @Bean
    AgentFolders agentFolders(@Value("${flotilla.data}") Path data) throws IOException {
        return AgentFolders.at(data);
    }

    @Bean
    PayloadStore payloadStore(AgentFolders folders) throws IOException {
        return new PayloadStore(folders.payloads());
    }

    @Bean
    Fetcher fetcher(
            PayloadStore store,
            TokenSource token,
            @Value("${flotilla.services.upload-service}") URI uploads,
            AgentProperties properties,
            AgentMeters meters,
            InstantSource clock) {
        HttpPayloadSource source = new HttpPayloadSource(uploads, token::token, properties.downloadStall());
        return new Fetcher(store, source, clock, meters::fetched, properties.fetchLimits());
    }

    @Bean
    ChangeBell changeBell() {
        return new ChangeBell();
    }

    @Bean
    AgentMeters agentMeters(MeterRegistry registry, ChangeBell bell) {
        return new AgentMeters(registry, bell);
    }

    @Bean
    SvcMgr svcMgr(
            AgentFolders folders,
            PayloadStore store,
            Fetcher fetcher,
            AgentProperties properties,
            AgentMeters meters,
            InstantSource clock,
            @Value("${flotilla.machine:}") String machine) {
        SvcMgrParts parts = new SvcMgrParts(
                store,
                fetcher,
                new Installer(properties.bundleLimits()),
                properties.rules(),
                properties.stopGrace(),
                clock,
                meters);
        SvcMgr services = new SvcMgr(folders, properties.carried(machine), parts);
        meters.watch(services);
        return services;
    }

    @Bean
    GetAndRunSvc getAndRunSvc(OrderVerifier verifier, SvcMgr services) {
        return new GetAndRunSvc(verifier, services);
    }

    @Bean
    Reporter reporter(SvcMgr services, RegistryApi registry, ChangeBell bell, AgentProperties properties) {
        return new Reporter(services, registry, bell, properties.reportInterval());
    }

    @Bean
    Housekeeping housekeeping(SvcMgr services, PayloadStore store, AgentProperties properties) {
        return new Housekeeping(services, store, properties);
    }

    @Bean
    AgentLifecycle agentLifecycle(
            SvcMgr services, Reporter reporter, Housekeeping housekeeping, AgentProperties properties) {
        return new AgentLifecycle(services, reporter, housekeeping, properties.stopServicesOnExit());
    }
}
