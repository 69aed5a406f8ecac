/** What all contracts share: names and how they may look, pages of a list, and the problem that every error is answered with. */
@NullMarked
package dev.flotilla.api;

import org.jspecify.annotations.NullMarked;
