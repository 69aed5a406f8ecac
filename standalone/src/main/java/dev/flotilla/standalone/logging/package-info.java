/**
 * Keeps the logs of services apart that share a process: each line goes to the file of the service it is about. The logging system of
 * Spring Boot, which belongs to the whole process and not to a context, is left out.
 */
@NullMarked
package dev.flotilla.standalone.logging;

import org.jspecify.annotations.NullMarked;
