/** Signing and verifying the orders that agents carry out. */
@NullMarked
package dev.flotilla.platform.orders;

import org.jspecify.annotations.NullMarked;
