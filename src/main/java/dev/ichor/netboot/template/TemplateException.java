package dev.ichor.netboot.template;

/// A template cannot be rendered: it is broken, a value is missing, or it has something that is not
/// understood here.
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    /// Where it is, counted from 1.
    private final int line;

    TemplateException(int line, String message) {
        super(message);
        this.line = line;
    }

    /// Where it is, counted from 1.
    public int line() {
        return line;
    }
}
