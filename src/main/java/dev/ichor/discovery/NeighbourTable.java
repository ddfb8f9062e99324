package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Which MAC the system has learnt by ARP for each address (RFC 826).
@FunctionalInterface
public interface NeighbourTable {
    /// The complete entries, as they are now.
    ///
    /// @throws IOException when the system does not tell
    Map<Ip4, Mac> read() throws IOException;

    /// The table of the system this runs on: Linux or Windows.
    static NeighbourTable system() {
        return File.separatorChar == '\\'
                ? NeighbourTable::windows
                : () -> ArpText.linux(Files.readString(Path.of("/proc/net/arp")));
    }

    /// Should the library not be usable, the command tells the same, only slower.
    private static Map<Ip4, Mac> windows() throws IOException {
        try {
            return WindowsNeighbours.read();
        } catch (IOException e) {
            return askArp();
        }
    }

    private static Map<Ip4, Mac> askArp() throws IOException {
        Process arp = new ProcessBuilder("arp", "-a").redirectErrorStream(true).start();
        arp.getOutputStream().close();
        try (var out = arp.getInputStream()) {
            return ArpText.windows(new String(out.readAllBytes(), Charset.defaultCharset()));
        }
    }
}
