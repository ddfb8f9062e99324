package dev.ichor.ui;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Every text in source files, with `{0}`, `{1}` … where something is put in: of `"no " + name +
/// "."` the text `no {0}.`, of a choice both texts.
final class EngineTexts extends TreeScanner<@Nullable Void, @Nullable Void> {
    private static final Pattern FORMAT = Pattern.compile("%[,.0-9]*[sdf]");
    private static final String GAP = "\u0000";

    private final Set<String> texts = new TreeSet<>();

    private EngineTexts() {}

    static Set<String> in(List<Path> sources) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        EngineTexts all = new EngineTexts();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            javac.getTask(
                                    null,
                                    files,
                                    null,
                                    null,
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                all.scan(unit, null);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return all.texts;
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
        return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
        return take(literal);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree sum, @Nullable Void nothing) {
        if (!isText(sum)) {
            return super.visitBinary(sum, nothing);
        }
        take(sum);
        return inside(sum);
    }

    /// What is put into the gaps of a text may hold texts of its own.
    private @Nullable Void inside(ExpressionTree part) {
        switch (part) {
            case BinaryTree sum when isText(sum) -> {
                inside(sum.getLeftOperand());
                inside(sum.getRightOperand());
            }
            case ParenthesizedTree p -> inside(p.getExpression());
            case ConditionalExpressionTree choice when isText(choice) -> {
                scan(choice.getCondition(), null);
                inside(choice.getTrueExpression());
                inside(choice.getFalseExpression());
            }
            case LiteralTree _ -> {}
            default -> scan(part, null);
        }
        return null;
    }

    private static boolean isText(ExpressionTree e) {
        return switch (e) {
            case LiteralTree literal -> literal.getValue() instanceof String;
            case BinaryTree b when b.getKind() == Tree.Kind.PLUS ->
                    isText(b.getLeftOperand()) || isText(b.getRightOperand());
            case ParenthesizedTree p -> isText(p.getExpression());
            case ConditionalExpressionTree c ->
                    isText(c.getTrueExpression()) || isText(c.getFalseExpression());
            default -> false;
        };
    }

    private @Nullable Void take(ExpressionTree e) {
        if (isText(e)) {
            written(e).map(EngineTexts::numbered).forEach(texts::add);
        }
        return null;
    }

    /// The ways a text can come out.
    private static Stream<String> written(ExpressionTree e) {
        return switch (e) {
            case LiteralTree literal ->
                    Stream.of(FORMAT.matcher(String.valueOf(literal.getValue())).replaceAll(GAP));
            case ParenthesizedTree p -> written(p.getExpression());
            case BinaryTree b when b.getKind() == Tree.Kind.PLUS -> {
                List<String> right = written(b.getRightOperand()).toList();
                yield written(b.getLeftOperand()).flatMap(l -> right.stream().map(r -> l + r));
            }
            case ConditionalExpressionTree c when isText(c) ->
                    Stream.concat(written(c.getTrueExpression()), written(c.getFalseExpression()));
            default -> Stream.of(GAP);
        };
    }

    private static String numbered(String text) {
        String[] parts = text.strip().replace("\n", "\\n").split(GAP, -1);
        return Stream.iterate(0, i -> i < parts.length, i -> i + 1)
                .map(i -> i == 0 ? parts[0] : "{" + (i - 1) + "}" + parts[i])
                .collect(Collectors.joining());
    }
}
