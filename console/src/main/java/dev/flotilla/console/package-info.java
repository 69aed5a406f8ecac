/** The console: one live page that shows what runs where, the progress of deployments, and why a machine is where it is. */
@NullMarked
package dev.flotilla.console;

import org.jspecify.annotations.NullMarked;
