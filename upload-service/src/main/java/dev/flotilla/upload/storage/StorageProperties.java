package dev.flotilla.upload.storage;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where payloads are kept.
 *
 * @param folder the folder of the local disk; on the disk that is to hold all payloads
 */
@Validated
@ConfigurationProperties("flotilla.upload.storage")
record StorageProperties(
        @NotNull @DefaultValue(".flotilla/payloads") Path folder) {}
