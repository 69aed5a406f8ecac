@NullMarked
package dev.flotilla.orchestrator;

import org.jspecify.annotations.NullMarked;
