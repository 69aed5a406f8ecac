@NullMarked
package dev.flotilla.orchestrator.decision;

import org.jspecify.annotations.NullMarked;
