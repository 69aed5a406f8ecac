package dev.flotilla.orchestrator.world;

import com.github.benmanes.caffeine.cache.Interner;

/** One copy of each word that comes again and again over the network; words that nobody uses any more are forgotten. */
final class Words {
    private final Interner<String> words = Interner.newWeakInterner();

    String same(String word) {
        return words.intern(word);
    }
}
