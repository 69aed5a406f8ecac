/** Where machines go back to when a deployment is rolled back. */
@NullMarked
package dev.flotilla.orchestrator.rollback;

import org.jspecify.annotations.NullMarked;
