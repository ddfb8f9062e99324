package dev.ichor.talos;

import java.util.Comparator;

/// The order in which go-yaml writes the keys of a mapping: letters after everything else, numbers
/// by their value.
final class GoOrder {
    static final Comparator<String> NATURAL = GoOrder::compare;

    private GoOrder() {}

    private static int compare(String a, String b) {
        boolean digits = false;
        for (int i = 0; i < a.length() && i < b.length(); i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x == y) {
                digits = Character.isDigit(x);
                continue;
            }
            boolean xl = Character.isLetter(x);
            boolean yl = Character.isLetter(y);
            if (xl && yl) {
                return x - y;
            }
            if (xl || yl) {
                return digits == xl ? -1 : 1;
            }
            return numbers(a, b, i);
        }
        return a.length() - b.length();
    }

    /// Two texts that differ from `i` on, where neither has a letter.
    private static int numbers(String a, String b, int i) {
        long an = 0;
        long bn = 0;
        if (a.charAt(i) == '0' || b.charAt(i) == '0') {
            for (int j = i - 1; j >= 0 && Character.isDigit(a.charAt(j)); j--) {
                if (a.charAt(j) != '0') {
                    an = 1;
                    bn = 1;
                    break;
                }
            }
        }
        int ai = i;
        for (; ai < a.length() && Character.isDigit(a.charAt(ai)); ai++) {
            an = an * 10 + a.charAt(ai) - '0';
        }
        int bi = i;
        for (; bi < b.length() && Character.isDigit(b.charAt(bi)); bi++) {
            bn = bn * 10 + b.charAt(bi) - '0';
        }
        if (an != bn) {
            return Long.compare(an, bn);
        }
        return ai == bi ? a.charAt(i) - b.charAt(i) : ai - bi;
    }
}
