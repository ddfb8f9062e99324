package dev.ichor;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Random input for property tests, from one seed a case. A failure names its seed; run that case
/// alone with `-Dgen.seed=SEED`.
public final class Gen {
    private final RandomGenerator random;

    private Gen(long seed) {
        this.random = new Random(seed);
    }

    /// A property; throws when it does not hold.
    @FunctionalInterface
    public interface Property {
        /// Checks one case.
        void check(Gen gen) throws Exception;
    }

    /// Checks `cases` cases, or only that of `-Dgen.seed`. They are the same in every run, so that
    /// a build fails by its own change only; the nightly run (`-Dnightly`) takes new ones.
    public static void check(int cases, Property property) {
        Long only = Long.getLong("gen.seed");
        boolean nightly = System.getProperty("nightly") != null;
        long first = only != null ? only : nightly ? System.nanoTime() : 1;
        for (long seed = first; seed < first + (only != null ? 1 : cases); seed++) {
            try {
                property.check(new Gen(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "fails with -Dgen.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /// As many cases, or a million in the nightly run (`-Dnightly`).
    public static int often(int cases) {
        return often(cases, 1_000_000);
    }

    /// As many cases, or as many others in the nightly run.
    public static int often(int cases, int nightly) {
        return System.getProperty("nightly") == null ? cases : nightly;
    }

    /// Between `min` and `max`, both included.
    public int between(int min, int max) {
        return (int) random.nextLong(min, max + 1L);
    }

    /// Any int.
    public int any() {
        return random.nextInt();
    }

    /// True once in `n` calls.
    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /// As many random bytes.
    public byte[] bytes(int length) {
        byte[] b = new byte[length];
        random.nextBytes(b);
        return b;
    }

    /// One of these.
    @SafeVarargs
    public final <T> T of(T... all) {
        return all[random.nextInt(all.length)];
    }

    /// A list of up to `max` things.
    public <T> List<T> list(int max, Function<Gen, T> one) {
        return java.util.stream.Stream.generate(() -> one.apply(this))
                .limit(between(0, max))
                .toList();
    }

    /// A text of up to `max` characters of `alphabet`.
    public String text(int max, String alphabet) {
        StringBuilder b = new StringBuilder();
        for (int n = between(0, max); n > 0; n--) {
            b.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return b.toString();
    }

    /// `original` with a few bytes changed, cut off or added.
    public byte[] mangle(byte[] original) {
        byte[] b = java.util.Arrays.copyOf(original, between(0, original.length + 8));
        for (int n = between(0, 4); n > 0 && b.length > 0; n--) {
            b[between(0, b.length - 1)] = (byte) any();
        }
        return b;
    }
}
