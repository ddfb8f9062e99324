package dev.ichor.netboot.template;

import dev.ichor.netboot.template.Node.Pipe;
import dev.ichor.netboot.template.Node.Term;
import dev.ichor.netboot.template.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads tokens into nodes; what Go refuses when it parses is refused here.
final class Parser {
    private static final Set<Kind> AFTER = Set.of(Kind.SPACE, Kind.PIPE, Kind.CLOSE, Kind.RIGHT);
    private static final int DEEPEST = 100;
    private static final Set<String> REFUSED = Set.of("define", "template", "block");

    private final List<Token> tokens;
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int depth;
    private int loops;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Node> parse(String text) throws TemplateException {
        Parser parser = new Parser(Lexer.tokens(text));
        List<Node> all = parser.list();
        if (!parser.peek().is(Kind.END)) {
            throw parser.error("unexpected {{end}} or {{else}}");
        }
        return all;
    }

    /// Up to the end of the text, `{{end}}` or `{{else`; these are left unread.
    private List<Node> list() throws TemplateException {
        deeper();
        List<Node> all = new ArrayList<>();
        while (true) {
            Token t = peek();
            if (t.is(Kind.TEXT)) {
                all.add(new Node.Text(next().value()));
            } else if (t.is(Kind.END)) {
                break;
            } else {
                int before = at;
                next();
                skipSpace();
                if (peek().word("end") || peek().word("else")) {
                    at = before;
                    break;
                }
                all.add(action());
            }
        }
        depth--;
        return List.copyOf(all);
    }

    private Node action() throws TemplateException {
        Token t = peek();
        if (t.is(Kind.WORD) && REFUSED.contains(t.value())) {
            throw error("{{" + t.value() + "}} is not understood here");
        }
        if (t.word("if") || t.word("with") || t.word("range")) {
            next();
            return control(t.value());
        }
        if (loops > 0 && (t.word("break") || t.word("continue"))) {
            next();
            close();
            return t.word("break") ? new Node.Break() : new Node.Continue();
        }
        return new Node.Print(pipe(Kind.CLOSE, false));
    }

    private Node control(String word) throws TemplateException {
        int known = variables.size();
        boolean range = word.equals("range");
        Pipe pipe = pipe(Kind.CLOSE, range);
        loops += range ? 1 : 0;
        List<Node> body = list();
        loops -= range ? 1 : 0;
        List<Node> otherwise = otherwise(word);
        variables.subList(known, variables.size()).clear();
        return range
                ? new Node.Range(pipe, body, otherwise)
                : new Node.If(pipe, word.equals("with"), body, otherwise);
    }

    /// What follows `{{else}}`, with its `{{end}}`.
    private List<Node> otherwise(String word) throws TemplateException {
        if (peek().is(Kind.END)) {
            throw error("unexpected end of file in {{" + word + "}}");
        }
        next();
        skipSpace();
        if (next().word("end")) {
            close();
            return List.of();
        }
        skipSpace();
        if (!word.equals("range") && peek().word(word)) {
            // {{else if}}: its {{end}} is ours too.
            next();
            deeper();
            List<Node> chained = List.of(control(word));
            depth--;
            return chained;
        }
        close();
        List<Node> all = list();
        if (peek().is(Kind.END)) {
            throw error("unexpected end of file in {{else}}");
        }
        next();
        skipSpace();
        if (!next().word("end")) {
            throw error("expected end; found {{else}}");
        }
        close();
        return all;
    }

    private void close() throws TemplateException {
        skipSpace();
        if (!next().is(Kind.CLOSE)) {
            throw unexpected(tokens.get(at - 1));
        }
    }

    private Pipe pipe(Kind end, boolean range) throws TemplateException {
        deeper();
        skipSpace();
        int line = peek().line();
        List<String> declared = new ArrayList<>();
        boolean assigns = declarations(declared, range);
        List<List<Term>> commands = new ArrayList<>();
        while (true) {
            skipSpace();
            if (peek().is(end)) {
                next();
                break;
            }
            commands.add(command(commands.isEmpty()));
        }
        if (commands.isEmpty() || tokens.get(at - 2).is(Kind.PIPE)) {
            throw error("missing value for command");
        }
        depth--;
        return new Pipe(line, List.copyOf(declared), assigns, List.copyOf(commands));
    }

    /// Reads `$x :=`, `$x =` or, for a range, `$i, $x :=`.
    ///
    /// @return whether the variables exist already
    private boolean declarations(List<String> declared, boolean range) throws TemplateException {
        while (peek().is(Kind.VARIABLE)) {
            int before = at;
            String name = next().value();
            skipSpace();
            Token t = peek();
            if (t.is(Kind.COMMA)) {
                next();
                skipSpace();
                declare(declared, name);
                if (!range || declared.size() > 1 || !peek().is(Kind.VARIABLE)) {
                    throw error("too many declarations");
                }
            } else if (t.is(Kind.DECLARE) || t.is(Kind.ASSIGN)) {
                next();
                declare(declared, name);
                return t.is(Kind.ASSIGN);
            } else if (declared.isEmpty()) {
                at = before;
                return false;
            } else {
                throw error("range can only initialize variables");
            }
        }
        return false;
    }

    private void declare(List<String> declared, String name) {
        declared.add(name);
        variables.add(name);
    }

    private List<Term> command(boolean first) throws TemplateException {
        List<Term> terms = new ArrayList<>();
        while (true) {
            skipSpace();
            Token t = peek();
            if (t.is(Kind.PIPE) || t.is(Kind.CLOSE) || t.is(Kind.RIGHT)) {
                if (t.is(Kind.PIPE)) {
                    next();
                }
                break;
            }
            terms.add(operand());
            Token after = peek();
            if (!AFTER.contains(after.kind())) {
                throw unexpected(after);
            }
        }
        if (terms.isEmpty()) {
            throw error("missing value for command");
        }
        boolean plain =
                terms.getFirst() instanceof Term.Constant
                        || terms.getFirst() instanceof Term.Dot(var fields) && fields.isEmpty();
        if (!first && plain) {
            throw error("non executable command in pipeline");
        }
        return List.copyOf(terms);
    }

    private Term operand() throws TemplateException {
        Token t = next();
        return switch (t.kind()) {
            case DOT -> alone(new Term.Dot(List.of()));
            case FIELD -> {
                at--;
                yield new Term.Dot(fields());
            }
            case VARIABLE -> {
                if (!variables.contains(t.value())) {
                    throw error("undefined variable \"" + t.value() + "\"");
                }
                yield new Term.Variable(t.value(), fields());
            }
            case STRING -> alone(new Term.Constant(t.value()));
            case NUMBER -> alone(new Term.Constant(Constants.number(t)));
            case LEFT -> new Term.Group(pipe(Kind.RIGHT, false), fields());
            case WORD ->
                    switch (t.value()) {
                        case "true", "false" ->
                                alone(new Term.Constant(Boolean.valueOf(t.value())));
                        case "nil" -> alone(new Term.Constant(null));
                        default -> function(t);
                    };
            default -> throw unexpected(t);
        };
    }

    private Term function(Token t) throws TemplateException {
        Functions function =
                Functions.named(t.value())
                        .orElseThrow(
                                () -> error("function \"" + t.value() + "\" not understood here"));
        return alone(new Term.Function(function));
    }

    private List<String> fields() {
        List<String> all = new ArrayList<>();
        while (peek().is(Kind.FIELD)) {
            all.add(next().value());
        }
        return List.copyOf(all);
    }

    private Term alone(Term term) throws TemplateException {
        if (peek().is(Kind.FIELD)) {
            throw unexpected(peek());
        }
        return term;
    }

    private void deeper() throws TemplateException {
        if (++depth > DEEPEST) {
            throw error("nested too deep");
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token t = tokens.get(at);
        // The end stays.
        at += t.is(Kind.END) ? 0 : 1;
        return t;
    }

    private void skipSpace() {
        at += peek().is(Kind.SPACE) ? 1 : 0;
    }

    private TemplateException unexpected(Token t) {
        return new TemplateException(
                t.line(), "unexpected " + (t.value().isEmpty() ? t.kind() : t.value()));
    }

    private TemplateException error(String message) {
        return new TemplateException(peek().line(), message);
    }
}
