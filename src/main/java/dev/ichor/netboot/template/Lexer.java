package dev.ichor.netboot.template;

import dev.ichor.netboot.template.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/// Cuts a template into tokens, as Go's `text/template/parse` does.
final class Lexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String BLANKS = " \t\r\n";

    private final String input;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int parentheses;

    private Lexer(String input) {
        this.input = input;
    }

    static List<Token> tokens(String input) throws TemplateException {
        Lexer lexer = new Lexer(input);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws TemplateException {
        boolean trim = false;
        while (true) {
            int open = input.indexOf(OPEN, at);
            int end = open < 0 ? input.length() : open;
            boolean cut = open >= 0 && trimsLeft(open + OPEN.length());
            text(end, trim, cut);
            if (open < 0) {
                tokens.add(new Token(Kind.END, line, ""));
                return;
            }
            at = end + OPEN.length() + (cut ? 2 : 0);
            trim = input.startsWith("/*", at) ? comment() : action();
        }
    }

    /// Whether `- ` follows `{{`.
    private boolean trimsLeft(int pos) {
        return input.startsWith("-", pos)
                && pos + 1 < input.length()
                && BLANKS.indexOf(input.charAt(pos + 1)) >= 0;
    }

    /// Whether ` -}}` is here.
    private boolean trimsRight(int pos) {
        return pos < input.length()
                && BLANKS.indexOf(input.charAt(pos)) >= 0
                && input.startsWith("-" + CLOSE, pos + 1);
    }

    private void text(int end, boolean cutFront, boolean cutBack) {
        int from = at;
        int to = end;
        while (cutFront && from < to && BLANKS.indexOf(input.charAt(from)) >= 0) {
            from++;
        }
        while (cutBack && to > from && BLANKS.indexOf(input.charAt(to - 1)) >= 0) {
            to--;
        }
        if (to > from) {
            tokens.add(new Token(Kind.TEXT, line, input.substring(from, to)));
        }
        line += lines(at, end);
    }

    private int lines(int from, int to) {
        return (int) input.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    /// @return whether the blanks after it go
    private boolean comment() throws TemplateException {
        int end = input.indexOf("*/", at);
        if (end < 0) {
            throw error("unclosed comment");
        }
        line += lines(at, end);
        at = end + 2;
        boolean trim = trimsRight(at);
        at += trim ? 2 : 0;
        if (!input.startsWith(CLOSE, at)) {
            throw error("comment ends before closing delimiter");
        }
        at += CLOSE.length();
        return trim;
    }

    /// @return whether the blanks after it go
    private boolean action() throws TemplateException {
        add(Kind.OPEN, "");
        parentheses = 0;
        while (true) {
            boolean trim = trimsRight(at);
            if (trim || input.startsWith(CLOSE, at)) {
                if (parentheses > 0) {
                    throw error("unclosed left paren");
                }
                line += trim ? lines(at, at + 1) : 0;
                at += trim ? 2 + CLOSE.length() : CLOSE.length();
                add(Kind.CLOSE, "");
                return trim;
            }
            if (at >= input.length()) {
                throw error("unclosed action");
            }
            inside(input.charAt(at));
        }
    }

    private void inside(char c) throws TemplateException {
        switch (c) {
            case ' ', '\t', '\r', '\n' -> space();
            case '=' -> one(Kind.ASSIGN);
            case '|' -> one(Kind.PIPE);
            case ',' -> one(Kind.COMMA);
            case '(' -> {
                parentheses++;
                one(Kind.LEFT);
            }
            case ')' -> {
                if (--parentheses < 0) {
                    throw error("unexpected right paren");
                }
                one(Kind.RIGHT);
            }
            case ':' -> {
                if (!input.startsWith(":=", at)) {
                    throw error("expected :=");
                }
                at += 2;
                add(Kind.DECLARE, "");
            }
            case '"', '`', '\'' -> quoted(c);
            case '$' -> name(Kind.VARIABLE);
            default -> number(c);
        }
    }

    private void number(char c) throws TemplateException {
        boolean digitNext =
                at + 1 < input.length() && "0123456789".indexOf(input.charAt(at + 1)) >= 0;
        if (c == '.' && !digitNext) {
            name(Kind.FIELD);
        } else if (c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0) {
            int from = at++;
            while (at < input.length() && numberGoesOn(input.charAt(at))) {
                at++;
            }
            add(Kind.NUMBER, input.substring(from, at));
        } else if (isNamePart(c)) {
            name(Kind.WORD);
        } else {
            throw error("unexpected character '" + c + "'");
        }
    }

    private boolean numberGoesOn(char c) {
        return isNamePart(c)
                || c == '.'
                || "+-".indexOf(c) >= 0 && "eEpP".indexOf(input.charAt(at - 1)) >= 0;
    }

    /// `.name`, `$name` or a word, up to what may follow one.
    private void name(Kind kind) throws TemplateException {
        int from = kind == Kind.FIELD ? at + 1 : at;
        at += kind == Kind.WORD ? 0 : 1;
        while (at < input.length() && isNamePart(input.charAt(at))) {
            at++;
        }
        String name = input.substring(from, at);
        boolean ends =
                at >= input.length()
                        || (BLANKS + ".,|:)(").indexOf(input.charAt(at)) >= 0
                        || input.startsWith(CLOSE, at);
        if (!ends) {
            throw error("bad character '" + input.charAt(at) + "'");
        }
        add(kind == Kind.FIELD && name.isEmpty() ? Kind.DOT : kind, name);
    }

    private void quoted(char quote) throws TemplateException {
        int from = at++;
        while (at < input.length() && input.charAt(at) != quote) {
            char c = input.charAt(at);
            if (quote != '`' && c == '\n') {
                break;
            }
            at += quote != '`' && c == '\\' ? 2 : 1;
        }
        if (at >= input.length() || input.charAt(at) != quote) {
            at = Math.min(at, input.length());
            throw error("unterminated quoted string");
        }
        String inner = input.substring(from + 1, at++);
        int first = line;
        line += lines(from, at);
        String text =
                quote == '`' ? inner.replace("\r", "") : Constants.unquoted(inner, quote, first);
        if (quote == '\'' && text.codePointCount(0, text.length()) != 1) {
            throw error("malformed character constant: '" + inner + "'");
        }
        tokens.add(
                quote == '\''
                        ? new Token(Kind.NUMBER, first, String.valueOf(text.codePointAt(0)))
                        : new Token(Kind.STRING, first, text));
    }

    private void space() {
        int from = at;
        while (at < input.length() && BLANKS.indexOf(input.charAt(at)) >= 0 && !trimsRight(at)) {
            at++;
        }
        add(Kind.SPACE, "");
        line += lines(from, at);
    }

    private void one(Kind kind) {
        at++;
        add(kind, "");
    }

    private void add(Kind kind, String value) {
        tokens.add(new Token(kind, line, value));
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private TemplateException error(String message) {
        return new TemplateException(line, message);
    }
}
