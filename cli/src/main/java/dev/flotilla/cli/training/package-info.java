/** The run that an AOT cache is made from. */
@NullMarked
package dev.flotilla.cli.training;

import org.jspecify.annotations.NullMarked;
