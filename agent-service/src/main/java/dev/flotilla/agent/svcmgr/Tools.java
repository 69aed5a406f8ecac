package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.SupervisionRules;
import dev.flotilla.agent.install.Installer;
import java.time.Duration;
import java.time.InstantSource;

/** What every supervised service works with. */
record Tools(
        Acquisition acquisition,
        Installer installer,
        Starter starter,
        Records records,
        SupervisionRules rules,
        Duration stopGrace,
        InstantSource clock,
        SupervisionListener listener) {}
