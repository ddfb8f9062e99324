package dev.ichor.cli;

import dev.ichor.steps.Guide;
import dev.ichor.steps.GuidePages;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `ichor guide`: the longer help, on the terminal or as web pages.
@Command(
        name = "guide",
        mixinStandardHelpOptions = true,
        description = "Explains how machines boot, what router and NAS do, and what goes wrong.")
final class GuideCommand implements Callable<Integer> {
    private static final int WIDTH = 100;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PAGE",
            description = "boots, router, nas, netboot or stuck; the list of them when left out.")
    private @Nullable String page;

    @Option(
            names = "--html",
            paramLabel = "FOLDER",
            description = "Write all pages there, in every language.")
    private @Nullable Path html;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (html != null) {
            out.println(GuidePages.write(html) + " pages are in " + html);
        } else if (page == null) {
            for (Guide g : Guide.values()) {
                out.printf("ichor guide %-8s %s%n", g, g.title(Locale.getDefault()));
            }
        } else {
            Guide asked = Guide.named(page).orElseThrow(this::unknown);
            asked.lines(Locale.getDefault()).forEach(l -> print(l, out));
        }
        return Cli.OK;
    }

    private ParameterException unknown() {
        return new ParameterException(
                spec.commandLine(), "There is no page \"" + page + "\" in the guide.");
    }

    private static void print(Guide.Line line, PrintWriter out) {
        boolean item = line.kind() == Guide.Kind.ITEM;
        String indent = item ? "  " : "";
        StringBuilder row = new StringBuilder(item ? "- " : "");
        if (!item) {
            out.println();
        }
        for (String word : line.text().split(" ")) {
            if (row.length() + word.length() > WIDTH) {
                out.println(row.toString().stripTrailing());
                row.setLength(0);
                row.append(indent);
            }
            row.append(word).append(' ');
        }
        out.println(row.toString().stripTrailing());
    }
}
