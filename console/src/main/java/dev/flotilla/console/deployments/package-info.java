/** Deployments: their progress as bars and counts, and the machines that need a person's attention. */
@NullMarked
package dev.flotilla.console.deployments;

import org.jspecify.annotations.NullMarked;
