package dev.flotilla.upload.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class CleanUpPropertiesTest {
    @Test
    void incompleteFilesAreKeptForADayAndDeletionsTakenOverAfterTwoMinutes() {
        CleanUpProperties defaults =
                Binder.get(new MockEnvironment()).bindOrCreate("flotilla.upload.clean-up", CleanUpProperties.class);

        assertThat(defaults)
                .isEqualTo(new CleanUpProperties(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofDays(1)));
    }
}
