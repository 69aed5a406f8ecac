/** What all commands share: global options, exit codes, and how failures are told. */
@NullMarked
package dev.flotilla.cli.session;

import org.jspecify.annotations.NullMarked;
