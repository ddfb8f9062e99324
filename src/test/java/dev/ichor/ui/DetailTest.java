package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

class DetailTest {
    private static final Mac MAC = Posed.MACS.get(1);
    private static final Ip4 IP = Ip4.of("192.168.1.22");

    private final BootLog log = new BootLog();

    @Test
    void everything_that_was_heard_of_a_machine_by_kind() {
        Posed.loading(log, MAC, IP, Posed.NOW.minusSeconds(30));
        log.append(new BootEvent.ConfigRefused(Posed.NOW, null, IP, "it showed no token"));
        log.append(new BootEvent.NodeSaid(Posed.NOW, MAC, null, "[    2.1] tg3 eth0: link up"));
        Posed.heard(log, Posed.MACS.get(2), Posed.NOW);

        assertThat(lines())
                .isEqualTo(
                        """
                        PACKET asks for a network boot UEFI (transaction 00000001)
                        PACKET is told to boot ipxe.efi
                        PACKET has the address 192.168.1.22
                        FILE TFTP ipxe.efi, 1.1 MB in 0.4 s · 2.7 MB/s
                        FILE HTTP boot.ipxe, 412 B in 0.4 s · 1.0 kB/s
                        FILE HTTP vmlinuz-amd64, 19.5 MB in 0.4 s · 47.6 MB/s
                        FILE HTTP initramfs-amd64.xz, 98.0 MB begins
                        CONFIG config refused to 192.168.1.22: it showed no token
                        NODE [    2.1] tg3 eth0: link up\
                        """);
    }

    @Test
    void a_packet_is_told_with_transaction_and_uuid() {
        log.append(
                new BootEvent.Heard(
                        Posed.NOW, MAC, true, true, Firmware.UEFI_X64, "4c4c4544", 0xbeef));

        assertThat(lines())
                .isEqualTo("PACKET iPXE asks for an address (transaction 0000beef, UUID 4c4c4544)");
    }

    @Test
    void the_stages_with_the_time_each_took() {
        Posed.ready(log, MAC, IP, Posed.NOW.minusSeconds(60));

        assertThat(laps())
                .isEqualTo(
                        """
                        DISCOVERED 0.0 s
                        OFFERED 1.0 s
                        LOADER 1.0 s
                        SCRIPT 2.0 s
                        KERNEL 1.0 s
                        INITRAMFS 15.0 s
                        CONFIG_ASKED 1.0 s
                        APPROVED 0.0 s
                        CONFIG 4.0 s
                        INSTALLING 6.0 s
                        TALOS_API 10.0 s
                        READY 0.0 s\
                        """);
    }

    @Test
    void the_stage_a_machine_is_in_goes_on() {
        Posed.heard(log, MAC, Posed.NOW.minusSeconds(125));

        assertThat(laps()).isEqualTo("DISCOVERED 0.0 s\nOFFERED 2:05 goes on");
    }

    private String lines() {
        return model().history(MAC).stream()
                .flatMap(e -> Detail.of(e).stream())
                .map(d -> d.kind() + " " + d.words())
                .collect(Collectors.joining("\n"));
    }

    private String laps() {
        List<Lap> laps = model().laps(MAC);
        return laps.stream()
                .map(l ->
                        l.stage() + " " + Detail.seconds(l.took()) + (l.going() ? " goes on" : ""))
                .collect(Collectors.joining("\n"));
    }

    private MonitorModel model() {
        MonitorModel model = new MonitorModel(new Mailbox(log), Posed.CLOCK, 1);
        Draft.Wish wish = Objects.requireNonNull(Posed.assigned().wishes().get(MAC));
        model.plan(Map.of(MAC, wish));
        model.drain();
        return model;
    }
}
