package dev.ichor.netboot.template;

import dev.ichor.netboot.template.Node.Pipe;
import dev.ichor.netboot.template.Node.Term;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Renders one template once.
final class Run {
    /// More than any config; a template that makes more is broken.
    private static final int LONGEST = 16 << 20;

    private static final int MOST_STEPS = 5_000_000;

    private final StringBuilder out = new StringBuilder();
    private final List<Variable> variables = new ArrayList<>();
    private int steps;

    private record Variable(String name, @Nullable Object value) {}

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    Run(Map<String, ?> data) {
        variables.add(new Variable("$", data));
    }

    String all(List<Node> nodes) throws TemplateException {
        walk(variables.getFirst().value(), nodes);
        return out.toString();
    }

    private Flow walk(@Nullable Object dot, List<Node> nodes) throws TemplateException {
        for (Node node : nodes) {
            Flow flow =
                    switch (node) {
                        case Node.Text(String text) -> {
                            print(1, text);
                            yield Flow.ON;
                        }
                        case Node.Print(Pipe pipe) -> {
                            Object value = pipe(dot, pipe);
                            if (pipe.variables().isEmpty()) {
                                print(
                                        pipe.line(),
                                        value == null ? "<no value>" : Format.value(value));
                            }
                            yield Flow.ON;
                        }
                        case Node.If branch -> branch(dot, branch);
                        case Node.Range range -> range(dot, range);
                        case Node.Break() -> Flow.BREAK;
                        case Node.Continue() -> Flow.CONTINUE;
                    };
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private void print(int line, String text) throws TemplateException {
        if (out.length() + text.length() > LONGEST || ++steps > MOST_STEPS) {
            throw new TemplateException(line, "makes too much text");
        }
        out.append(text);
    }

    private Flow branch(@Nullable Object dot, Node.If branch) throws TemplateException {
        int mark = variables.size();
        Object value = pipe(dot, branch.pipe());
        Flow flow;
        if (Functions.truth(value)) {
            flow = walk(branch.with() ? value : dot, branch.then());
        } else {
            flow = walk(dot, branch.otherwise());
        }
        forget(mark);
        return flow;
    }

    private Flow range(@Nullable Object dot, Node.Range range) throws TemplateException {
        int before = variables.size();
        Object over = pipe(dot, range.pipe());
        int mark = variables.size();
        List<Entry> entries = entries(range.pipe(), over);
        for (Entry entry : entries) {
            if (++steps > MOST_STEPS) {
                throw new TemplateException(range.pipe().line(), "repeats too often");
            }
            set(range.pipe(), entry);
            Flow flow = walk(entry.value(), range.body());
            forget(mark);
            if (flow == Flow.BREAK) {
                break;
            }
        }
        Flow flow = entries.isEmpty() ? walk(dot, range.otherwise()) : Flow.ON;
        forget(before);
        return flow;
    }

    private record Entry(@Nullable Object key, @Nullable Object value) {}

    private static List<Entry> entries(Pipe pipe, @Nullable Object over) throws TemplateException {
        List<Entry> all = new ArrayList<>();
        switch (over) {
            case null -> {}
            case List<?> list -> {
                for (Object value : list) {
                    all.add(new Entry((long) all.size(), value));
                }
            }
            case Map<?, ?> map -> Format.sorted(map).forEach((k, v) -> all.add(new Entry(k, v)));
            case Long n when pipe.variables().size() < 2 && n <= MOST_STEPS -> {
                for (long i = 0; i < n; i++) {
                    all.add(new Entry(null, i));
                }
            }
            default ->
                    throw new TemplateException(
                            pipe.line(), "range can't iterate over " + Format.value(over));
        }
        return all;
    }

    /// With one variable it is the value; with two the first is the key.
    private void set(Pipe pipe, Entry entry) throws TemplateException {
        List<String> names = pipe.variables();
        for (int i = 0; i < names.size(); i++) {
            Object value = i == 0 && names.size() > 1 ? entry.key() : entry.value();
            if (pipe.assigns()) {
                assign(pipe.line(), names.get(i), value);
            } else {
                replace(variables.size() - names.size() + i, value);
            }
        }
    }

    private void assign(int line, String name, @Nullable Object value) throws TemplateException {
        replace(find(line, name), value);
    }

    private void replace(int index, @Nullable Object value) {
        variables.set(index, new Variable(variables.get(index).name(), value));
    }

    private int find(int line, String name) throws TemplateException {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new TemplateException(line, "undefined variable: " + name);
    }

    private void forget(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    private @Nullable Object pipe(@Nullable Object dot, Pipe pipe) throws TemplateException {
        Object value = null;
        boolean first = true;
        for (List<Term> command : pipe.commands()) {
            value = command(dot, pipe.line(), command, first ? List.of() : one(value));
            first = false;
        }
        for (String name : pipe.variables()) {
            if (pipe.assigns()) {
                assign(pipe.line(), name, value);
            } else {
                variables.add(new Variable(name, value));
            }
        }
        return value;
    }

    private static List<@Nullable Object> one(@Nullable Object value) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(value);
        return list;
    }

    private @Nullable Object command(
            @Nullable Object dot, int line, List<Term> command, List<@Nullable Object> last)
            throws TemplateException {
        Term first = command.getFirst();
        List<Term> rest = command.subList(1, command.size());
        if (first instanceof Term.Function(Functions function)) {
            return function.call(line, lazy(dot, line, rest, last));
        }
        if (first instanceof Term.Constant(Object value) && value == null) {
            throw new TemplateException(line, "nil is not a command");
        }
        if (!rest.isEmpty() || !last.isEmpty()) {
            throw new TemplateException(line, "can't give argument to non-function");
        }
        return term(dot, line, first);
    }

    private List<Functions.Argument> lazy(
            @Nullable Object dot, int line, List<Term> terms, List<@Nullable Object> last) {
        List<Functions.Argument> all = new ArrayList<>();
        terms.forEach(t -> all.add(() -> term(dot, line, t)));
        last.forEach(value -> all.add(() -> value));
        return all;
    }

    private @Nullable Object term(@Nullable Object dot, int line, Term term)
            throws TemplateException {
        return switch (term) {
            case Term.Constant(Object value) -> value;
            case Term.Dot(List<String> fields) -> fields(line, dot, fields);
            case Term.Variable(String name, List<String> fields) ->
                    fields(line, variables.get(find(line, name)).value(), fields);
            case Term.Function(Functions function) -> function.call(line, List.of());
            case Term.Group(Pipe pipe, List<String> fields) ->
                    fields(line, pipe(dot, pipe), fields);
        };
    }

    private static @Nullable Object fields(int line, @Nullable Object value, List<String> fields)
            throws TemplateException {
        Object at = value;
        for (String field : fields) {
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(field)) {
                throw new TemplateException(line, "no value for \"" + field + "\"");
            }
            at = map.get(field);
        }
        return at;
    }
}
