/** Boards: what operators look at in tables. Which rules hold, what is under repair, what tenants are asked. */
@NullMarked
package dev.flotilla.console.board;

import org.jspecify.annotations.NullMarked;
