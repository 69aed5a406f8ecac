/** The topology: every machine with its environment, machine function, fault domain, region and address; asked, changed, imported, exported. */
@NullMarked
package dev.flotilla.device.topology;

import org.jspecify.annotations.NullMarked;
