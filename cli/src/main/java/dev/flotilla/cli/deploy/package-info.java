/** An owner's work on a version: upload, deploy, watch, explain, resume. */
@NullMarked
package dev.flotilla.cli.deploy;

import org.jspecify.annotations.NullMarked;
