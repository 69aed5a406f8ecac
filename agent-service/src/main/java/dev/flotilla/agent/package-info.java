/** The daemon on each machine: it takes signed orders, fetches the bytes, and keeps the processes running. */
@NullMarked
package dev.flotilla.agent;

import org.jspecify.annotations.NullMarked;
