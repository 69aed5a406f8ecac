/** upload-service: takes versions and their payloads, stores them durably, and serves them back. */
@NullMarked
package dev.flotilla.upload;

import org.jspecify.annotations.NullMarked;
