@NullMarked
package dev.flotilla.orchestrator.act;

import org.jspecify.annotations.NullMarked;
