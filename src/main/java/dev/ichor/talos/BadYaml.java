package dev.ichor.talos;

/// A text is not what was asked for. The message names the line and never quotes a value, which
/// could be secret.
final class BadYaml extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String what;

    BadYaml(int line, String what) {
        super("line " + line + ": " + what);
        this.what = what;
    }

    /// Without the line.
    String what() {
        return what;
    }
}
