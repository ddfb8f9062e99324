package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Small by budget: no file over 300 lines, no function over 60 lines or with more than five
/// parameters.
class BudgetTest {
    private static final int FILE_LINES = 300;
    private static final int FUNCTION_LINES = 60;
    private static final int PARAMETERS = 5;

    @Test
    void files_and_functions_stay_small() throws IOException {
        List<String> over = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> java = sources.filter(f -> f.toString().endsWith(".java")).toList();
            for (Path f : java) {
                long lines = Files.readString(f).lines().count();
                if (lines > FILE_LINES) {
                    over.add(f + ": " + lines + " lines");
                }
            }
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(java));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Functions(unit, positions, over).scan(unit, null);
            }
        }
        assertThat(over).isEmpty();
    }

    private static final class Functions extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> over;

        Functions(CompilationUnitTree unit, SourcePositions positions, List<String> over) {
            this.unit = unit;
            this.positions = positions;
            this.over = over;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            LineMap lines = unit.getLineMap();
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            String where = unit.getSourceFile().getName() + " " + method.getName();
            if (start >= 0 && end >= 0) {
                long length = lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
                if (length > FUNCTION_LINES) {
                    over.add(where + ": " + length + " lines");
                }
            }
            boolean constructor = method.getReturnType() == null;
            if (!constructor && method.getParameters().size() > PARAMETERS) {
                over.add(where + ": " + method.getParameters().size() + " parameters");
            }
            return super.visitMethod(method, none);
        }
    }
}
