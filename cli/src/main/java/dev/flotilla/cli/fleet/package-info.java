/** What runs where: machines and versions. */
@NullMarked
package dev.flotilla.cli.fleet;

import org.jspecify.annotations.NullMarked;
