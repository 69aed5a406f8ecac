@NullMarked
package dev.flotilla.orchestrator.consultation;

import org.jspecify.annotations.NullMarked;
