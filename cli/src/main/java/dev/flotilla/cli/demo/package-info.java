/** The whole path, shown on a hundred machines. */
@NullMarked
package dev.flotilla.cli.demo;

import org.jspecify.annotations.NullMarked;
