package dev.ichor.timeline;

/// The colours of the picture: the same on light paper everywhere. Neighbours in time differ in
/// lightness too, for those who see no hue.
public enum Ink {
    PAPER("#ffffff"),
    TEXT("#1f2328"),
    MUTED("#59636e"),
    GRID("#e4e8ec"),
    ON_DARK("#ffffff"),
    BAD("#c4232f"),
    GOOD("#0b5cad"),
    FIRMWARE("#c6ccd3"),
    LOADER("#8fa3b8"),
    DOWNLOAD("#2f7fd6"),
    STARTING("#9fd0f5"),
    OWNER("#e8a317"),
    INSTALL("#6b4fbb"),
    RESTART("#cfc2f2"),
    JOINING("#1c8a83"),
    READY("#4bb35f");

    private final String hex;

    Ink(String hex) {
        this.hex = hex;
    }

    /// As in `#4bb35f`.
    public String hex() {
        return hex;
    }

    static Ink of(Kind kind) {
        return valueOf(kind.name());
    }

    /// Letters that can be read on it.
    Ink letters() {
        return switch (this) {
            case DOWNLOAD, INSTALL, JOINING -> ON_DARK;
            default -> TEXT;
        };
    }
}
