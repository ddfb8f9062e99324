package dev.ichor.ui;

import dev.ichor.cluster.Mac;

import java.util.ArrayList;
import java.util.List;

/// MAC addresses typed or pasted by the owner, several at once.
///
/// @param macs what could be read
/// @param odd the first word that is no MAC, or empty
record MacList(List<Mac> macs, String odd) {
    private static final int SHOWN = 40;

    /// Reads words between blanks, commas, semicolons or line ends.
    static MacList parse(String text) {
        List<Mac> all = new ArrayList<>();
        String odd = "";
        for (String word : text.strip().split("[\\s,;]+")) {
            Mac.parse(word).ifPresent(all::add);
            if (odd.isEmpty() && Mac.parse(word).isEmpty()) {
                odd = word.length() > SHOWN ? word.substring(0, SHOWN) + "…" : word;
            }
        }
        return new MacList(List.copyOf(all), odd);
    }
}
