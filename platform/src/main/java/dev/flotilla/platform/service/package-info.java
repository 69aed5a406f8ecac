/** How a Flotilla service is started, and the beans that each one has. */
@NullMarked
package dev.flotilla.platform.service;

import org.jspecify.annotations.NullMarked;
