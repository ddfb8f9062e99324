package dev.ichor.cli;

import dev.ichor.steps.Router;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.Console;
import java.util.Optional;

/// Where a UniFi console is, who asks there, and which certificate it has.
final class ConsoleArg {
    @Option(
            names = "--unifi",
            paramLabel = "HOST",
            description =
                    "The UniFi console's address. Key or password is asked for, or taken from the"
                            + " variable ICHOR_ROUTER_KEY; it is not kept.")
    private @Nullable String host;

    @Option(
            names = "--port",
            defaultValue = "443",
            description = "443; 8443 for an old controller, 11443 for UniFi OS Server.")
    private int port;

    @Option(names = "--site", defaultValue = "default", description = "The console's site.")
    private String site = "default";

    @Option(
            names = "--user",
            defaultValue = "",
            description = "A local administrator; left out, an API key is used.")
    private String user = "";

    @Option(
            names = "--accept-certificate",
            paramLabel = "AA:BB:…",
            description = "SHA-256 of the console's certificate, where nobody can be asked.")
    private @Nullable String expected;

    /// The console, when one was named.
    Optional<Router.At> at() {
        return Optional.ofNullable(host).map(h -> new Router.At(h, port, site, user));
    }

    /// Asks on the terminal what was not given.
    Router.Ask ask(Platform platform) {
        return new Router.Ask() {
            @Override
            public String secret(Router.At at) {
                return ConsoleArg.secret(platform, at);
            }

            @Override
            public boolean accept(Router.At at, String fingerprint) {
                return expected != null
                        ? fingerprint.equalsIgnoreCase(expected)
                        : Agreement.to(
                                at.host()
                                        + " shows the certificate "
                                        + fingerprint
                                        + ". Is that right? [y/N] ");
            }
        };
    }

    private static String secret(Platform platform, Router.At at) {
        String given = platform.variable("ICHOR_ROUTER_KEY");
        Console console = Terminals.console();
        if (given != null || console == null) {
            return given == null ? "" : given;
        }
        char[] typed =
                console.readPassword(
                        "%s for %s: ",
                        at.user().isEmpty() ? "API key" : "Password of " + at.user(), at.host());
        return typed == null ? "" : new String(typed);
    }
}
