/**
 * Repairs: who may work on which machine when. The rules themselves are in the database ({@code claim}), where concurrent claimants can't get around
 * them.
 */
@NullMarked
package dev.flotilla.device.repair;

import org.jspecify.annotations.NullMarked;
