@NullMarked
package dev.flotilla.agent.svcmgr;

import org.jspecify.annotations.NullMarked;
