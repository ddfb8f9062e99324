package dev.ichor.ui;

import java.util.ArrayList;
import java.util.List;

/// What is different between two texts, line by line (longest common subsequence).
final class Diff {
    /// How a line stands to the text before.
    enum Mark {
        SAME,
        NEW,
        GONE
    }

    /// A line of either text.
    record Line(String text, Mark mark) {}

    private final List<String> before;
    private final List<String> now;

    /// Length of the longest common subsequence of the ends that begin at these lines.
    private final int[][] common;

    private Diff(List<String> before, List<String> now) {
        this.before = before;
        this.now = now;
        this.common = new int[before.size() + 1][now.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        before.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    /// All lines of the text now, and those that it has no longer.
    static List<Line> of(String before, String now) {
        return new Diff(before.lines().toList(), now.lines().toList()).lines();
    }

    private List<Line> lines() {
        List<Line> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < now.size()) {
            if (i < before.size() && j < now.size() && before.get(i).equals(now.get(j))) {
                all.add(new Line(now.get(j++), Mark.SAME));
                i++;
            } else if (j == now.size() || (i < before.size() && gone(i, j))) {
                all.add(new Line(before.get(i++), Mark.GONE));
            } else {
                all.add(new Line(now.get(j++), Mark.NEW));
            }
        }
        return all;
    }

    private boolean gone(int i, int j) {
        return common[i + 1][j] >= common[i][j + 1];
    }
}
