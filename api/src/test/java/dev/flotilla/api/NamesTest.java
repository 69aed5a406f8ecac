package dev.flotilla.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void namesAreAsTheDesignSays() {
        assertThat(Names.isService("hello.web-2")).isTrue();
        assertThat(Names.isService("a".repeat(63))).isTrue();
        for (String wrong : new String[] {"", "a".repeat(64), "He", "a_b", ".a", "-a", "a b", "a/b", "é", "a\n"}) {
            assertThat(Names.isService(wrong)).as(wrong).isFalse();
        }
        assertThat(Names.isVersion("1.0.0+build_7-RC")).isTrue();
        for (String wrong : new String[] {"", "..", ".1", "_1", "1/2", "1 2", "x".repeat(129), "1\n"}) {
            assertThat(Names.isVersion(wrong)).as(wrong).isFalse();
        }
        assertThat(Names.fileName("hello", "1.0_x")).isEqualTo("hello_1.0_x");
    }
}
