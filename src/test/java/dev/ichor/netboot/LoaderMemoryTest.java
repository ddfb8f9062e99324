package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.MessageType;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A machine that hangs in its loader is handed the other one, by DHCP and TFTP alike.
class LoaderMemoryTest {
    private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
    private static final Mac FUTRO = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac OTHER = Mac.of("4c:52:62:08:a3:cf");
    private static final Ip4 IP = Ip4.of("192.168.77.50");
    private static final Loaders LOADERS =
            new Loaders(
                    List.of(
                            loader(Firmware.BIOS, "undionly.kpxe"),
                            loader(Firmware.UEFI_X64, "snponly.efi"),
                            loader(Firmware.BIOS, "ipxe.pxe"),
                            loader(Firmware.UEFI_X64, "ipxe.efi")));

    private final BootLog log = new BootLog();
    private final BlockingQueue<List<String>> written = new LinkedBlockingQueue<>();
    private final List<LoaderMemory> open = new ArrayList<>();
    private Instant now = T;
    private final LoaderMemory memory = memory(List.of());

    LoaderMemoryTest() throws IOException {}

    @AfterEach
    void close() {
        open.forEach(LoaderMemory::close);
    }

    @Test
    void silence_after_the_loader_brings_the_second_choice() throws Exception {
        assertThat(offered(FUTRO, 0)).isEqualTo("undionly.kpxe");
        delivered(FUTRO);
        now = now.plusSeconds(15);
        assertThat(offered(FUTRO, 0)).isEqualTo("ipxe.pxe");
        assertThat(byTftp(FUTRO, 0)).as("TFTP says the same").isEqualTo("ipxe.pxe");
        assertThat(offered(OTHER, 0)).as("only this machine").isEqualTo("undionly.kpxe");
        assertThat(log.events())
                .contains(new BootEvent.LoaderChanged(now, FUTRO, "undionly.kpxe", "ipxe.pxe"));
        assertThat(written.poll(20, TimeUnit.SECONDS))
                .containsExactly("4c:52:62:08:a3:ce ipxe.pxe learnt");
    }

    @Test
    void uefi_goes_from_snponly_to_ipxe_and_back_when_both_hang() {
        assertThat(offered(FUTRO, 7)).isEqualTo("snponly.efi");
        hang(FUTRO);
        assertThat(offered(FUTRO, 7)).isEqualTo("ipxe.efi");
        hang(FUTRO);
        assertThat(offered(FUTRO, 7)).isEqualTo("snponly.efi");
    }

    @Test
    void a_machine_switched_off_within_15_seconds_did_not_hang() {
        offered(FUTRO, 7);
        delivered(FUTRO);
        now = now.plusSeconds(14);
        assertThat(offered(FUTRO, 7)).isEqualTo("snponly.efi");
    }

    @Test
    void any_sign_of_ipxe_shows_that_it_runs() {
        List<BootEvent> signs =
                List.of(
                        new BootEvent.Heard(T, FUTRO, true, true, Firmware.BIOS, "", 1),
                        new BootEvent.TransferDone(
                                T, FUTRO, IP, "HTTP", Payload.SCRIPT, "/boot.ipxe", 1, 1),
                        new BootEvent.WaitingForApproval(T, FUTRO));
        for (BootEvent sign : signs) {
            offered(FUTRO, 0);
            delivered(FUTRO);
            log.append(sign);
            now = now.plusSeconds(3600);
            assertThat(offered(FUTRO, 0)).as(sign.toString()).isEqualTo("undionly.kpxe");
        }
    }

    @Test
    void the_firmwares_own_question_is_no_sign_of_ipxe() {
        offered(FUTRO, 0);
        delivered(FUTRO);
        log.append(new BootEvent.Heard(T, FUTRO, true, false, Firmware.BIOS, "", 2));
        now = now.plusSeconds(60);
        assertThat(offered(FUTRO, 0)).isEqualTo("ipxe.pxe");
    }

    @Test
    void a_loader_that_has_worked_is_given_a_second_chance() {
        offered(FUTRO, 0);
        delivered(FUTRO);
        log.append(new BootEvent.Heard(T, FUTRO, true, true, Firmware.BIOS, "", 1));
        hang(FUTRO);
        assertThat(offered(FUTRO, 0)).isEqualTo("undionly.kpxe");
        hang(FUTRO);
        assertThat(offered(FUTRO, 0)).isEqualTo("ipxe.pxe");
    }

    @Test
    void the_owners_choice_stays() throws Exception {
        memory.choose(FUTRO, "ipxe.efi");
        assertThat(offered(FUTRO, 7)).isEqualTo("ipxe.efi");
        hang(FUTRO);
        assertThat(offered(FUTRO, 7)).isEqualTo("ipxe.efi");
        assertThat(written.poll(20, TimeUnit.SECONDS))
                .containsExactly("4c:52:62:08:a3:ce ipxe.efi chosen");
        memory.choose(FUTRO, "auto");
        assertThat(offered(FUTRO, 7)).isEqualTo("snponly.efi");
        assertThatThrownBy(() -> memory.choose(FUTRO, "grub.efi"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .isEqualTo(
                                                "There is no boot loader called grub.efi on this"
                                                        + " PC. Name one of undionly.kpxe,"
                                                        + " snponly.efi, ipxe.pxe, ipxe.efi, or"
                                                        + " auto."));
    }

    @Test
    void what_was_learnt_outlives_a_restart_and_nonsense_does_not() throws Exception {
        LoaderMemory next =
                memory(
                        List.of(
                                "4c:52:62:08:a3:ce ipxe.pxe learnt",
                                "4c:52:62:08:a3:cf gone.pxe learnt",
                                "",
                                "nobody ipxe.pxe learnt"));
        assertThat(name(next, FUTRO, Firmware.BIOS)).isEqualTo("ipxe.pxe");
        assertThat(name(next, OTHER, Firmware.BIOS)).isEqualTo("undionly.kpxe");
    }

    @Test
    void the_owner_may_try_the_next_one_and_it_stays() {
        memory.another(FUTRO);
        assertThat(name(memory, FUTRO, Firmware.BIOS)).isEqualTo("undionly.kpxe");
        memory.another(FUTRO);
        assertThat(name(memory, FUTRO, Firmware.BIOS)).isEqualTo("ipxe.pxe");
        hang(FUTRO);
        assertThat(name(memory, FUTRO, Firmware.BIOS)).isEqualTo("ipxe.pxe");
        memory.another(FUTRO);
        assertThat(name(memory, FUTRO, Firmware.BIOS)).isEqualTo("undionly.kpxe");
        assertThat(log.events().stream().filter(BootEvent.ActionChanged.class::isInstance))
                .extracting(e -> ((BootEvent.ActionChanged) e).state())
                .containsExactly(
                        "there is no other one at hand, or it has not asked for one yet",
                        "ipxe.pxe",
                        "undionly.kpxe");
    }

    private void hang(Mac mac) {
        delivered(mac);
        now = now.plusSeconds(90);
    }

    private void delivered(Mac mac) {
        log.append(
                new BootEvent.TransferDone(
                        now, mac, IP, "TFTP", Payload.LOADER, "pxeboot", 70_000, 50));
    }

    private String offered(Mac mac, int arch) {
        Proxy proxy = new Proxy(Ip4.of("192.168.77.10"), "http://192.168.77.10:8080", memory);
        return ((Proxy.Answer.Offer)
                        proxy.toBroadcast(
                                DhcpBuilder.request(MessageType.DISCOVER, 1, mac.bytes())
                                        .option(DhcpOption.VENDOR_CLASS, "PXEClient")
                                        .arch(arch)
                                        .build(),
                                1))
                .file();
    }

    private String byTftp(Mac mac, int arch) {
        Clients.Client client = new Clients.Client(mac, arch, false, IP, now, 1, 1);
        ReadRequest asks = new ReadRequest("pxeboot", "octet", new LinkedHashMap<>());
        return ((Nbp.Choice.Loader) Nbp.choose(asks, client, memory)).loader().name();
    }

    private static String name(LoaderMemory memory, Mac mac, Firmware firmware) {
        return memory.of(mac, firmware).orElseThrow().name();
    }

    private LoaderMemory memory(List<String> lines) throws IOException {
        Notebook book =
                new Notebook() {
                    @Override
                    public List<String> read() {
                        return lines;
                    }

                    @Override
                    public void write(List<String> all) {
                        written.add(all);
                    }
                };
        LoaderMemory made =
                new LoaderMemory(() -> LOADERS, book, log, () -> Objects.requireNonNull(now));
        open.add(made);
        return made;
    }

    private static Loaders.Loader loader(Firmware firmware, String name) {
        return new Loaders.Loader(firmware, name, Path.of(name), "");
    }
}
