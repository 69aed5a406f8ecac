/** The contract of upload-service: versions and their payloads. */
@NullMarked
package dev.flotilla.api.upload;

import org.jspecify.annotations.NullMarked;
