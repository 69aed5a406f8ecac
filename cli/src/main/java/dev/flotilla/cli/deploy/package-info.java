/** An owner's work on a version: upload, deploy, plan, watch, explain, and the commands that a deployment takes at any moment. */
@NullMarked
package dev.flotilla.cli.deploy;

import org.jspecify.annotations.NullMarked;
