package dev.ichor.timeline;

/// The words of the picture in English, for the command line.
public final class English implements Picture.Texts {
    @Override
    public String title(int ready, int machines, String took) {
        return ready + " of " + machines + " Ready after " + took;
    }

    @Override
    public String kind(Kind kind) {
        return kind.words();
    }

    @Override
    public String end(boolean ready, String took, String waited) {
        String end = ready ? "Ready after " + took : "not Ready after " + took;
        return waited.isEmpty() ? end : end + ", " + waited + " for you";
    }
}
