/** What must be left alone: opt-outs, made, ended and shown. */
@NullMarked
package dev.flotilla.cli.policy;

import org.jspecify.annotations.NullMarked;
