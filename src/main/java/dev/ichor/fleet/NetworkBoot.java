package dev.ichor.fleet;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One machine's way from its first DHCP packet to a started kernel: firmware, then iPXE.
final class NetworkBoot {
    private static final byte[] SCRIPT = "#!ipxe".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EFI = "MZ".getBytes(StandardCharsets.US_ASCII);

    /// Spanning tree listens and learns, 15 s each (IEEE 802.1D).
    private static final Duration PORT_CLOSED = Duration.ofSeconds(30);

    private static final Duration ROUND = Duration.ofSeconds(9);

    private final Hardware hardware;
    private final Lan lan;
    private final Milestones milestones;
    private final DhcpClient dhcp;

    NetworkBoot(Hardware hardware, Lan lan, Milestones milestones) {
        this.hardware = hardware;
        this.lan = lan;
        this.milestones = milestones;
        this.dhcp = new DhcpClient(hardware, lan, milestones);
    }

    /// One attempt.
    ///
    /// @return the kernel's command line, or empty when there was nothing to boot
    Optional<String> kernel() throws IOException, InterruptedException {
        Optional<DhcpClient.Target> target = dhcp.boot(Persona.firmware(hardware));
        return target.isPresent() ? load(target.get()) : Optional.empty();
    }

    private Optional<String> load(DhcpClient.Target t) throws IOException, InterruptedException {
        lan.hangs(hardware, Mishap.ELSEWHERE);
        lan.hangs(hardware, Mishap.ROUTER_FILE);
        loopsElsewhere();
        byte[] program = tftp(t.server(), name(t), Persona.firmware(hardware));
        milestones.reached(Stage.LOADER);
        lan.hangs(hardware, Mishap.LOADER_HANGS);
        if (startsWith(program, EFI) != hardware.uefi()
                || lan.plays(hardware, Mishap.LOADER_REFUSED)) {
            // "BdsDxe: failed to load": the wrong kind is fetched in full, then nothing happens.
            return Optional.empty();
        }
        lan.sleep(lan.pace().loader());
        if (lan.plays(hardware, Mishap.PORT_CLOSED)) {
            lan.sleepReal(PORT_CLOSED);
        }
        Optional<String> script = hardware.uefi() ? autoexec(t) : Optional.empty();
        return script.isPresent() ? run(script.get(), t) : ipxe();
    }

    /// Each round of a real one takes about nine seconds.
    private void loopsElsewhere() throws IOException, InterruptedException {
        while (lan.plays(hardware, Mishap.LOOPS_ELSEWHERE)) {
            dhcp.boot(Persona.ipxe(hardware));
            lan.sleepReal(ROUND);
        }
    }

    private String name(DhcpClient.Target t) {
        if (lan.plays(hardware, Mishap.URL_AS_NAME)) {
            return "http://" + t.server() + "/boot.ipxe";
        }
        return lan.plays(hardware, Mishap.STRANGE_NAME) ? "bootme.bin" : t.file();
    }

    /// EFI iPXE looks beside itself, then in the root (measured with iPXE 2.0.0 on OVMF); the
    /// network is still up from the firmware, so there is no second DHCP.
    private Optional<String> autoexec(DhcpClient.Target t)
            throws IOException, InterruptedException {
        String folder = t.file().substring(0, t.file().lastIndexOf('/') + 1);
        for (String name : List.of(folder + "autoexec.ipxe", "/autoexec.ipxe")) {
            try {
                byte[] text = tftp(t.server(), name, Persona.UEFI_IPXE);
                return Optional.of(new String(text, StandardCharsets.UTF_8));
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    /// iPXE's own DHCP; what it is given is a script, or itself once more.
    private Optional<String> ipxe() throws IOException, InterruptedException {
        while (true) {
            Optional<DhcpClient.Target> target = dhcp.boot(Persona.ipxe(hardware));
            if (target.isEmpty()) {
                return Optional.empty();
            }
            DhcpClient.Target t = target.get();
            lan.hangs(hardware, Mishap.NO_HTTP);
            lan.hangs(hardware, Mishap.PORT_CLOSED);
            byte[] program = fetch(uri(t), t.server());
            if (startsWith(program, SCRIPT)) {
                return run(new String(program, StandardCharsets.UTF_8), t);
            }
            lan.sleep(lan.pace().loader());
        }
    }

    private Optional<String> run(String text, DhcpClient.Target t)
            throws IOException, InterruptedException {
        milestones.reached(Stage.SCRIPT);
        IpxeVariables variables =
                new IpxeVariables(hardware, t.server(), lan.plays(hardware, Mishap.OLD_PROCESSOR));
        if (lan.plays(hardware, Mishap.LITTLE_MEMORY)) {
            variables.set("memsize", "512");
        }
        IpxeScript.Hands hands = new IpxeHands(hardware, lan, milestones);
        return switch (new IpxeScript(variables, hands).run(text, uri(t))) {
            case IpxeScript.End.Boot(String arguments) -> Optional.of(arguments);
            case IpxeScript.End.Exit() -> Optional.empty();
        };
    }

    private static URI uri(DhcpClient.Target t) {
        String file = t.file();
        if (file.contains("://")) {
            return URI.create(file);
        }
        return URI.create("tftp://" + t.server() + (file.startsWith("/") ? "" : "/") + file);
    }

    private byte[] fetch(URI uri, Ip4 server) throws IOException, InterruptedException {
        if (uri.getScheme().equals("tftp")) {
            return tftp(server, uri.getPath(), Persona.ipxe(hardware));
        }
        try (HttpGet.Reply reply = HttpGet.open(hardware.ip(), uri, IpxeHands.AGENT)) {
            return reply.ok() ? reply.all() : new byte[0];
        }
    }

    private byte[] tftp(Ip4 server, String file, Persona as)
            throws IOException, InterruptedException {
        InetSocketAddress to = new InetSocketAddress(server.inet(), lan.wire().tftp());
        if (lan.plays(hardware, Mishap.TFTP_BLOCKED)) {
            TftpFetch.request(hardware.ip(), to, file, as);
            lan.hangs(hardware, Mishap.TFTP_BLOCKED);
        }
        return TftpFetch.get(hardware.ip(), to, file, as);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length
                && java.util.Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
