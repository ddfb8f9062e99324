package dev.ichor.talos;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Two searches for an RSA key at once, where there are two processors: a prime is found sooner or
/// later, so the first of two comes well before the average. The key of the first is taken; the
/// other ends at its next question for randomness, which a search asks for every candidate.
final class RsaRace {
    private static final int SEARCHES = 2;

    private RsaRace() {}

    static KeyPair run(Function<SecureRandom, KeyPair> search, SecureRandom random) {
        if (Runtime.getRuntime().availableProcessors() < SEARCHES) {
            return search.apply(random);
        }
        var first = new CompletableFuture<KeyPair>();
        var until = new Until(first, random);
        for (int i = 0; i < SEARCHES; i++) {
            Thread.ofPlatform()
                    .daemon()
                    .name("rsa")
                    .start(() -> first.completeAsync(() -> search.apply(until), Runnable::run));
        }
        return first.join();
    }

    /// Randomness until somebody has won.
    private static final class Until extends SecureRandom {
        private final transient CompletableFuture<KeyPair> first;
        private final SecureRandom random;

        Until(CompletableFuture<KeyPair> first, SecureRandom random) {
            super(null, null);
            this.first = first;
            this.random = random;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (first.isDone()) {
                throw new CancellationException("the other search has found a key");
            }
            random.nextBytes(bytes);
        }
    }
}
