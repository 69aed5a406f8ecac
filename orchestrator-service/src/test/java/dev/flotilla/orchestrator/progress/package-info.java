@NullMarked
package dev.flotilla.orchestrator.progress;

import org.jspecify.annotations.NullMarked;
