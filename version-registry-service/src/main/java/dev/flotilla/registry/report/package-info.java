/** Taking in reports: who may, what is well-formed, and whether anything in it is new. */
@NullMarked
package dev.flotilla.registry.report;

import org.jspecify.annotations.NullMarked;
