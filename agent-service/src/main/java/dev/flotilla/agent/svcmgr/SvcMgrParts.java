package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.SupervisionRules;
import dev.flotilla.agent.install.Installer;
import dev.flotilla.agent.payload.Fetcher;
import dev.flotilla.agent.payload.PayloadStore;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What {@link SvcMgr} is made of.
 *
 * @param stopGrace how long a process may take to stop, where its bundle does not say
 */
public record SvcMgrParts(
        PayloadStore store,
        Fetcher fetcher,
        Installer installer,
        SupervisionRules rules,
        Duration stopGrace,
        InstantSource clock,
        SupervisionListener listener) {}
