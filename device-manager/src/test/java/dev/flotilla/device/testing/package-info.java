/** What the tests of device-manager have in common. */
@org.jspecify.annotations.NullMarked
package dev.flotilla.device.testing;
