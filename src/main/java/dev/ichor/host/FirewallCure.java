package dev.ichor.host;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// The rules of Windows' firewall that let this program in from its own network, as the installer
/// sets them.
final class FirewallCure {
    private static final List<String> PORTS =
            List.of("protocol=UDP localport=67,69,4011", "protocol=TCP localport=8080,19500-19700");

    private FirewallCure() {}

    /// Commands for an administrator's prompt, one a line. A rule that blocks wins over one that
    /// allows, so those of this program go first; Windows makes such when its question is closed.
    static List<String> commands(String program) {
        String quoted = "program=\"" + program + "\"";
        return List.of(
                "netsh advfirewall firewall delete rule name=all dir=in " + quoted,
                rule(quoted, PORTS.getFirst()),
                rule(quoted, PORTS.getLast()));
    }

    private static String rule(String program, String ports) {
        return "netsh advfirewall firewall add rule name=\"Ichor\" dir=in action=allow enable=yes"
                + " profile=any "
                + program
                + " "
                + ports
                + " remoteip=localsubnet edge=no";
    }

    /// A PowerShell command line that runs them as administrator: Windows asks for consent.
    static List<String> elevated(String program) {
        String inner =
                commands(program).stream()
                        .map(FirewallCure::forPowerShell)
                        .collect(Collectors.joining("; ", "", "; exit $LASTEXITCODE"));
        String outer =
                "$p = Start-Process powershell.exe -Verb RunAs -WindowStyle Hidden -Wait -PassThru"
                        + " -ArgumentList '-NoProfile','-EncodedCommand','"
                        + encoded(inner)
                        + "'; exit $p.ExitCode";
        return List.of("powershell.exe", "-NoProfile", "-EncodedCommand", encoded(outer));
    }

    /// PowerShell fills in `$` between double quotes, nothing between single ones.
    private static String forPowerShell(String command) {
        return command.replace("'", "''").replace('"', '\'');
    }

    private static String encoded(String script) {
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
    }
}
