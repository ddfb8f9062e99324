package dev.ichor.netboot.template;

/// One word of a template.
///
/// @param line where it is, counted from 1
/// @param value the text, the name, or the constant without its quotes
record Token(Kind kind, int line, String value) {
    enum Kind {
        /// Outside of `{{ }}`.
        TEXT,
        OPEN,
        CLOSE,
        SPACE,
        PIPE,
        LEFT,
        RIGHT,
        /// `:=`.
        DECLARE,
        /// `=`.
        ASSIGN,
        COMMA,
        DOT,
        /// `.name`, without the dot.
        FIELD,
        /// `$` or `$name`.
        VARIABLE,
        STRING,
        NUMBER,
        /// A function, a keyword, `true`, `nil`…
        WORD,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean word(String text) {
        return kind == Kind.WORD && value.equals(text);
    }
}
