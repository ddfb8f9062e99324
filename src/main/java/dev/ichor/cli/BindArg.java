package dev.ichor.cli;

import dev.ichor.cluster.Ip4;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// This PC's address that a command serves on.
final class BindArg {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--bind",
            paramLabel = "IP",
            description =
                    "This PC's address to serve on; the plan's adapter or the likeliest when left"
                            + " out.")
    private @Nullable String bind;

    /// @return null when it was left out
    @Nullable Ip4 address() {
        return bind == null
                ? null
                : Ip4.parse(bind)
                        .orElseThrow(() ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "--bind takes an IPv4 address of this PC."));
    }
}
