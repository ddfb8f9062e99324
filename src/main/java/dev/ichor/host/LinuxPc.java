package dev.ichor.host;

import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.PortOwner.Transport;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Linux, by its /proc. Processes of others show their sockets to root only; their ports show
/// anyhow.
final class LinuxPc implements ThisPc {
    private static final Path PROC = Path.of("/proc");

    @Override
    public List<PortOwner> listeners() throws IOException {
        Map<Transport, List<ProcText.Socket>> open =
                Map.of(
                        Transport.UDP, sockets("net/udp", "net/udp6"),
                        Transport.TCP, sockets("net/tcp", "net/tcp6"));
        Map<Long, Long> processes = processes();
        List<PortOwner> all = new ArrayList<>();
        open.forEach((transport, sockets) ->
                sockets.forEach(s -> {
                    long pid = processes.getOrDefault(s.inode(), 0L);
                    all.add(
                            new PortOwner(
                                    transport, s.port(), s.address(), pid, name(pid), List.of()));
                }));
        return all;
    }

    private static List<ProcText.Socket> sockets(String... tables) throws IOException {
        List<ProcText.Socket> all = new ArrayList<>();
        for (String t : tables) {
            if (Files.exists(PROC.resolve(t))) { // there is none where IPv6 is off
                all.addAll(ProcText.sockets(Files.readString(PROC.resolve(t))));
            }
        }
        return all;
    }

    /// Socket number to process number, as far as this user may look.
    private static Map<Long, Long> processes() throws IOException {
        Map<Long, Long> all = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path p : processes) {
                openSockets(p, Long.parseLong(p.getFileName().toString()), all);
            }
        }
        return all;
    }

    private static void openSockets(Path process, long pid, Map<Long, Long> all) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : open) {
                String target = Files.readSymbolicLink(file).toString();
                if (target.startsWith("socket:[")) {
                    all.put(Long.parseLong(target.substring(8, target.length() - 1)), pid);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Somebody else's, or it has ended meanwhile.
        }
    }

    /// The command's name; our own runs as `java`.
    private static String name(long pid) {
        try {
            Path process = PROC.resolve(Long.toString(pid));
            return pid == 0
                    ? ""
                    : isOurs(process)
                            ? PortOwner.ICHOR
                            : Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isOurs(Path process) throws IOException {
        return Set.of(Files.readString(process.resolve("cmdline")).split("\0"))
                .contains("dev.ichor.Ichor");
    }

    @Override
    public PcNetwork network() throws IOException {
        return new PcNetwork(
                ProcText.gateways(Files.readString(PROC.resolve("net/route"))),
                Map.of(),
                Set.of(),
                List.of(),
                "");
    }

    @Override
    public void letIn() throws IOException {
        throw new ProblemException(
                "Ichor does not change the firewall of this system.",
                "There are several kinds on Linux.",
                "Let UDP 67, 69 and 4011 and TCP 8080 and 19500 to 19700 in, from your network.");
    }
}
