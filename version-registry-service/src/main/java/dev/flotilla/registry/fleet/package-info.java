/** What runs where, in memory: the answer to every question but the change feed's, rebuilt from the database at start. */
@NullMarked
package dev.flotilla.registry.fleet;

import org.jspecify.annotations.NullMarked;
