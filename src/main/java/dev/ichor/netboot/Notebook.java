package dev.ichor.netboot;

import java.io.IOException;
import java.util.List;

/// A few lines that outlive a restart.
public interface Notebook {
    /// What was written last; empty at first.
    List<String> read() throws IOException;

    /// Replaces it as a whole.
    void write(List<String> lines) throws IOException;

    /// Forgets everything.
    Notebook NONE =
            new Notebook() {
                @Override
                public List<String> read() {
                    return List.of();
                }

                @Override
                public void write(List<String> lines) {}
            };
}
