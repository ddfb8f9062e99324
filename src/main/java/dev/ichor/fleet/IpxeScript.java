package dev.ichor.fleet;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// Runs iPXE scripts: the commands that boot scripts in the wild consist of, with labels, `||` and
/// `&&`. What only decorates (`echo`, `prompt`) does nothing; an unknown command fails, as in iPXE.
final class IpxeScript {
    /// What a script does to the world.
    interface Hands {
        /// Fetches another script.
        String script(URI uri) throws IOException, InterruptedException;

        /// Fetches a kernel or initrd.
        void image(URI uri, boolean kernel) throws IOException, InterruptedException;

        /// Lets so many seconds pass; 0 is the time of a DHCP exchange.
        void wait(int seconds) throws InterruptedException;
    }

    /// How it ended.
    sealed interface End {
        /// The kernel is started.
        ///
        /// @param arguments its command line
        record Boot(String arguments) implements End {}

        /// Back to the firmware.
        record Exit() implements End {}
    }

    /// How one command ended.
    private enum Outcome {
        OK,
        FAILED,
        GONE
    }

    private final IpxeVariables variables;
    private final Hands hands;
    private @Nullable End end;
    private @Nullable String kernelArguments;
    private @Nullable String jump;

    IpxeScript(IpxeVariables variables, Hands hands) {
        this.variables = variables;
        this.hands = hands;
    }

    /// Runs a script to its end.
    ///
    /// @param base where it came from; relative addresses start there
    End run(String text, URI base) throws IOException, InterruptedException {
        lines(text, base);
        return end == null ? new End.Exit() : end;
    }

    private Outcome lines(String text, URI base) throws IOException, InterruptedException {
        List<String> lines = text.lines().map(String::strip).toList();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(":")) {
                continue;
            }
            Outcome outcome = line(line, base);
            if (jump != null) {
                at = lines.indexOf(":" + jump);
                jump = null;
                if (at < 0) {
                    return Outcome.FAILED;
                }
                continue;
            }
            if (outcome != Outcome.OK) {
                return outcome;
            }
            if (command(line).equals("exit")) {
                return Outcome.OK;
            }
        }
        return Outcome.OK;
    }

    private static String command(String line) {
        return line.split("\\s+", 2)[0];
    }

    /// `a || b` runs b when a failed, `a && b` when it did not; an empty part is fine.
    private Outcome line(String line, URI base) throws IOException, InterruptedException {
        Outcome outcome = Outcome.OK;
        String join = "&&";
        for (String part : line.split("\\s+(?=(\\|\\||&&)(\\s|$))")) {
            String rest = part;
            if (part.startsWith("||") || part.startsWith("&&")) {
                join = part.substring(0, 2);
                rest = part.substring(2).strip();
            }
            if (outcome == Outcome.GONE || jump != null) {
                return outcome;
            }
            boolean runs = (outcome == Outcome.OK) == join.equals("&&");
            if (runs) {
                outcome = rest.isEmpty() ? Outcome.OK : one(rest, base);
            }
        }
        return outcome;
    }

    private Outcome one(String text, URI base) throws IOException, InterruptedException {
        List<String> words = Arrays.asList(variables.expand(text).strip().split("\\s+"));
        List<String> arguments = words.subList(1, words.size());
        try {
            return switch (words.getFirst()) {
                case "chain" -> chain(arguments, base);
                case "kernel", "imgload", "imgexec" -> kernel(arguments, base);
                case "initrd", "module" -> initrd(arguments, base);
                case "boot" -> boot();
                case "goto" -> jump(arguments.getFirst());
                case "dhcp", "ifconf" -> pass(0);
                case "sleep" -> pass(Integer.parseInt(arguments.getFirst()));
                case "isset" -> arguments.isEmpty() ? Outcome.FAILED : Outcome.OK;
                case "iseq" ->
                        arguments.getFirst().equals(arguments.getLast())
                                ? Outcome.OK
                                : Outcome.FAILED;
                case "set" -> set(arguments);
                case "sanboot", "reboot", "poweroff" -> gone(new End.Exit());
                case "cpuid" ->
                        variables.hasFeature(arguments.contains("--ecx"))
                                ? Outcome.OK
                                : Outcome.FAILED;
                case "echo", "prompt", "exit", "imgfree", "ifopen", "console" -> Outcome.OK;
                default -> Outcome.FAILED;
            };
        } catch (IOException | IllegalArgumentException e) {
            Power.check();
            return Outcome.FAILED;
        }
    }

    private Outcome jump(String label) {
        jump = label;
        return Outcome.OK;
    }

    private Outcome set(List<String> arguments) {
        variables.set(
                arguments.getFirst(), String.join(" ", arguments.subList(1, arguments.size())));
        return Outcome.OK;
    }

    private Outcome pass(int seconds) throws InterruptedException {
        hands.wait(seconds);
        return Outcome.OK;
    }

    private Outcome chain(List<String> arguments, URI base)
            throws IOException, InterruptedException {
        URI uri = base.resolve(address(arguments));
        String text = hands.script(uri);
        Outcome outcome = lines(text, uri);
        return arguments.contains("--replace") && outcome == Outcome.OK ? Outcome.GONE : outcome;
    }

    private Outcome kernel(List<String> arguments, URI base)
            throws IOException, InterruptedException {
        String address = address(arguments);
        hands.image(base.resolve(address), true);
        int at = arguments.indexOf(address);
        kernelArguments = String.join(" ", arguments.subList(at + 1, arguments.size()));
        return Outcome.OK;
    }

    private Outcome initrd(List<String> arguments, URI base)
            throws IOException, InterruptedException {
        hands.image(base.resolve(address(arguments)), false);
        return Outcome.OK;
    }

    private Outcome boot() {
        return kernelArguments == null ? Outcome.FAILED : gone(new End.Boot(kernelArguments));
    }

    private Outcome gone(End how) {
        end = how;
        return Outcome.GONE;
    }

    /// The first word that is no option; `--name` and `--timeout` have a value.
    private static String address(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--name") || word.equals("-n") || word.equals("--timeout")) {
                i++;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        throw new IllegalArgumentException("no address in " + arguments);
    }
}
