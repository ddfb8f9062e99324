package dev.ichor.netboot.template;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A part of a template that was read.
sealed interface Node {
    /// Outside of `{{ }}`.
    record Text(String text) implements Node {}

    /// `{{pipe}}`.
    record Print(Pipe pipe) implements Node {}

    /// `{{if pipe}}…{{else}}…{{end}}`.
    ///
    /// @param with whether the dot becomes the value
    record If(Pipe pipe, boolean with, List<Node> then, List<Node> otherwise) implements Node {}

    /// `{{range pipe}}…{{else}}…{{end}}`.
    record Range(Pipe pipe, List<Node> body, List<Node> otherwise) implements Node {}

    /// `{{break}}`.
    record Break() implements Node {}

    /// `{{continue}}`.
    record Continue() implements Node {}

    /// Commands, each fed the result of the one before.
    ///
    /// @param line where it is, counted from 1
    /// @param variables set to the result, at most two
    /// @param assigns whether they exist already
    record Pipe(int line, List<String> variables, boolean assigns, List<List<Term>> commands) {}

    /// A word of a command.
    sealed interface Term {
        /// A text, a number, a truth value, or null for `nil`.
        record Constant(@Nullable Object value) implements Term {}

        /// `.` or `.a.b`.
        record Dot(List<String> fields) implements Term {}

        /// `$x` or `$x.a.b`.
        record Variable(String name, List<String> fields) implements Term {}

        /// A built-in function.
        record Function(Functions function) implements Term {}

        /// `(pipe)` or `(pipe).a.b`.
        record Group(Pipe pipe, List<String> fields) implements Term {}
    }
}
