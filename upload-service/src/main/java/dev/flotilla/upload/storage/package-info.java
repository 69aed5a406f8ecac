/**
 * DynamicStorage: payloads kept by their content, on the local disk. Knows nothing of services and versions; what is stored and no longer
 * needed is decided elsewhere.
 */
@NullMarked
package dev.flotilla.upload.storage;

import org.jspecify.annotations.NullMarked;
