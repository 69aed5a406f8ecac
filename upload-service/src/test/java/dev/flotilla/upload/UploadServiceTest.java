package dev.flotilla.upload;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.upload.storage.DynamicStorage;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** A test of the whole service with {@link FakeTargets}, {@link FakeRegistry} and {@link UploadClient}; all such tests share one running service. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ServiceTest
@Import(UploadServiceTest.Surroundings.class)
public @interface UploadServiceTest {

    /** What is around the service. */
    @TestConfiguration(proxyBeanMethods = false)
    class Surroundings {
        @Bean
        @Primary
        TargetApi fakeTargets() {
            return new FakeTargets();
        }

        @Bean
        @Primary
        RegistryApi fakeRegistry() {
            return new FakeRegistry();
        }

        @Bean
        @Primary
        DynamicStorage faultyStorage(@Qualifier("dynamicStorage") DynamicStorage storage) {
            return new FaultyStorage(storage);
        }
    }
}
