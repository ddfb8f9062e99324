package dev.ichor.host;

import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Windows, by what its own programs print; none of the questions needs rights.
final class WindowsPc implements ThisPc {
    /// The program whose rules are asked for; a variable needs no quoting.
    private static final String PROGRAM = "ICHOR_PROGRAM";

    /// Lines of our own making, whatever the system's language is.
    private static final String QUESTION =
            """
            $ErrorActionPreference = 'SilentlyContinue'
            Get-NetRoute -DestinationPrefix 0.0.0.0/0 | % { "gateway|$($_.NextHop)" }
            Get-NetConnectionProfile | % { $c = $_.NetworkCategory
              Get-NetIPAddress -InterfaceIndex $_.InterfaceIndex -AddressFamily IPv4 |
                % { "network|$($_.IPAddress)|$c" } }
            Get-NetFirewallProfile -PolicyStore ActiveStore | % { "profile|$($_.Name)|$($_.Enabled)" }
            Get-NetFirewallApplicationFilter -Program $env:ICHOR_PROGRAM -PolicyStore ActiveStore |
              % { $r = $_ | Get-NetFirewallRule
                if ($r.Direction -eq 'Inbound' -and $r.Enabled -eq 'True') {
                  "rule|$($r.Action)|$($r.Profile)|$(($r | Get-NetFirewallPortFilter).Protocol)" } }
            exit 0
            """;

    @Override
    public List<PortOwner> listeners() throws IOException {
        return WindowsText.listeners(
                Command.read(List.of("netstat", "-ano"), Map.of()),
                WindowsText.tasks(
                        Command.read(List.of("tasklist", "/svc", "/fo", "csv", "/nh"), Map.of())));
    }

    @Override
    public PcNetwork network() throws IOException {
        String said =
                Command.read(
                        List.of("powershell.exe", "-NoProfile", "-Command", QUESTION),
                        Map.of(PROGRAM, program()));
        return new PcNetwork(
                WindowsText.gateways(said),
                WindowsText.profiles(said),
                WindowsText.guarded(said),
                WindowsText.rules(said),
                FirewallCure.commands(program()).stream().collect(Collectors.joining("\n")));
    }

    @Override
    public void letIn() throws IOException {
        try {
            Command.read(FirewallCure.elevated(program()), Map.of());
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The firewall was not changed.",
                            "Windows asked for an administrator's consent and did not get it.",
                            "Try again and agree, or have an administrator type the commands."),
                    e);
        }
    }

    /// Our own program file; the launcher's, not Java's.
    private static String program() {
        return ProcessHandle.current().info().command().orElse("ichor.exe");
    }
}
