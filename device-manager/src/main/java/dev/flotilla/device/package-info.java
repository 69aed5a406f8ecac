/** device-manager: knows the machines, where they stand and how they are, and decides who may work on which. */
@NullMarked
package dev.flotilla.device;

import org.jspecify.annotations.NullMarked;
