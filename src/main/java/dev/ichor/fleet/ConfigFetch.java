package dev.ichor.fleet;

import dev.ichor.boot.Stage;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Talos' way to its config: `talos.config=` of the kernel command line, tried until it works
/// (Talos 1.13, `pkg/download`: any answer but a config is asked for again).
final class ConfigFetch {
    private static final String AGENT = "Go-http-client/1.1";
    private static final Pattern ARGUMENT = Pattern.compile("(?:^|\\s)talos\\.config=(\\S+)");

    private final Hardware hardware;
    private final Lan lan;
    private final Milestones milestones;

    ConfigFetch(Hardware hardware, Lan lan, Milestones milestones) {
        this.hardware = hardware;
        this.lan = lan;
        this.milestones = milestones;
    }

    /// Where the config is to come from.
    ///
    /// @return empty when the command line does not say
    static Optional<URI> address(String commandLine) {
        Matcher m = ARGUMENT.matcher(commandLine);
        return m.find() ? Optional.of(URI.create(m.group(1))) : Optional.empty();
    }

    /// Asks until there is a config.
    ///
    /// @return empty when it is not complete: the machine goes on in maintenance mode
    Optional<NodeConfig> fetch(URI uri) throws InterruptedException {
        while (true) {
            try {
                Optional<String> text = ask(uri);
                if (text.isPresent()) {
                    if (lan.plays(hardware, Mishap.CONFIG_TWICE)) {
                        ask(uri);
                        lan.hangs(hardware, Mishap.CONFIG_TWICE);
                    }
                    return NodeConfig.isPartial(text.get())
                            ? Optional.empty()
                            : Optional.of(NodeConfig.parse(text.get()));
                }
            } catch (IOException | IllegalArgumentException e) {
                // Talos writes it to the kernel log and asks again.
                Power.check();
            }
            lan.sleep(lan.pace().configRetry());
        }
    }

    private Optional<String> ask(URI uri) throws IOException, InterruptedException {
        try (HttpGet.Reply reply = HttpGet.open(hardware.ip(), uri, AGENT)) {
            milestones.reached(Stage.CONFIG_ASKED);
            if (!reply.ok()) {
                return Optional.empty();
            }
            return Optional.of(new String(reply.all(), StandardCharsets.UTF_8));
        }
    }
}
