/** What people and scripts see: tables, JSON, progress. */
@NullMarked
package dev.flotilla.cli.terminal;

import org.jspecify.annotations.NullMarked;
