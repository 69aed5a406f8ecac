package dev.flotilla.upload.storage;

import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the implementation of DynamicStorage. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {
    @Bean
    DynamicStorage dynamicStorage(StorageProperties properties) throws IOException {
        return new LocalDisk(properties.folder());
    }
}
