package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class NasBootTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 NAS = Ip4.of("192.168.1.20");
    private static final String NEW = "1.21.1+git20250501.dad20602+dfsg-1";
    private static final String OLD = "1.0.0+git-20190125.36a4c85-5.1";
    private static final BootTree DATA =
            BootTree.of(Map.of("groups/control-1.json", new Content.Text("{}")));

    @TempDir private Path dir;
    private List<Ip4> dhcpServers = List.of(Ip4.of("192.168.1.1"));

    private BootTree assembled(BootMode mode, Firmware firmware, Loaders loaders)
            throws IOException {
        Draft draft =
                Draft.empty()
                        .reachedAt("https://192.168.1.50:6443")
                        .booting(mode)
                        .found(new Machine(MAC, null, "", "", firmware, true))
                        .assign(
                                MAC,
                                new Draft.Wish(
                                        Role.CONTROL_PLANE,
                                        "control-1",
                                        new InstallDisk.Device("/dev/sda"),
                                        Life.ALWAYS_NETBOOT));
        Subnet lan = Subnet.parse("192.168.1.10/24").orElseThrow();
        boolean ownTftp = mode == BootMode.ROUTER_TO_NAS;
        NasBoot.Site site = new NasBoot.Site(NAS, 8080, lan, dhcpServers, ownTftp);
        return NasBoot.around(DATA, draft.plan(), loaders, site);
    }

    private Loaders loaders(String version) throws IOException {
        List<Loader> all =
                List.of(
                        loader(Firmware.BIOS, "undionly.kpxe", version),
                        loader(Firmware.UEFI_X64, "snponly.efi", version),
                        loader(Firmware.UEFI_ARM64, "ipxe.efi", version));
        Map<String, Path> parts = new HashMap<>();
        for (String name : List.of("lpxelinux.0", "ldlinux.c32", "ipxe.lkrn")) {
            parts.put(name, file(name));
        }
        return new Loaders(all, parts);
    }

    private Loader loader(Firmware firmware, String name, String version) throws IOException {
        return new Loader(firmware, name, file(firmware + "-" + name), version);
    }

    private Path file(String name) throws IOException {
        return Files.writeString(dir.resolve(name), name);
    }

    private static String text(BootTree tree, String path) throws IOException {
        return ((Content.Text) tree.get(path).orElseThrow()).text();
    }

    @Test
    void where_the_router_names_the_nas_its_tftp_root_holds_both_routes_and_no_dnsmasq()
            throws Exception {
        BootTree tree = assembled(BootMode.ROUTER_TO_NAS, Firmware.UNKNOWN, loaders(NEW));

        assertThat(tree.list(""))
                .containsExactly(
                        "compose.yaml",
                        "groups/control-1.json",
                        "tftp/arm64/ipxe.efi",
                        "tftp/autoexec.ipxe",
                        "tftp/ipxe.lkrn",
                        "tftp/ldlinux.c32",
                        "tftp/lpxelinux.0",
                        "tftp/pxelinux.cfg/default",
                        "tftp/snponly.efi",
                        "tftp/start.ipxe",
                        "wake.sh");
        assertThat(text(tree, "tftp/autoexec.ipxe"))
                .isEqualTo(
                        """
                        #!ipxe
                        :again
                        chain --autofree http://192.168.1.20:8080/ipxe?uuid=${uuid}\
                        &mac=${mac:hexhyp}&serial=${serial:uristring}&arch=${buildarch}\
                        &platform=${platform} && exit 1 ||
                        imgfree
                        dhcp || sleep 2
                        sleep 1
                        goto again
                        """)
                .isEqualTo(text(tree, "tftp/start.ipxe"));
        assertThat(text(tree, "tftp/pxelinux.cfg/default"))
                .isEqualTo(
                        """
                        DEFAULT ipxe
                        PROMPT 0
                        LABEL ipxe
                          KERNEL ipxe.lkrn
                          INITRD start.ipxe
                        """);
    }

    @Test
    void the_compose_file_starts_matchbox_again_by_itself_read_only_and_without_rpc()
            throws Exception {
        BootTree tree = assembled(BootMode.ROUTER_TO_NAS, Firmware.BIOS, loaders(NEW));

        assertThat(text(tree, "compose.yaml"))
                .contains(
                        """
                          matchbox:
                            image: quay.io/poseidon/matchbox:v0.11.0
                            command: ["-address=0.0.0.0:8080"]
                            network_mode: host
                            restart: unless-stopped
                            read_only: true
                            volumes:
                              - ./groups:/var/lib/matchbox/groups:ro
                              - ./profiles:/var/lib/matchbox/profiles:ro
                              - ./assets:/var/lib/matchbox/assets:ro
                        """)
                .doesNotContain("rpc", "generic", "dnsmasq", "./:", "- .:");
        assertThat(text(tree, "wake.sh")).contains("for mac in 4c:52:62:08:a3:ce;");
    }

    @Test
    void where_the_router_cannot_be_set_dnsmasq_answers_beside_it_and_serves_tftp()
            throws Exception {
        BootTree tree = assembled(BootMode.NAS_PROXY, Firmware.UNKNOWN, loaders(OLD));

        assertThat(text(tree, "dnsmasq.conf"))
                .isEqualTo(
                        """
                        # Written by Ichor. No DNS.
                        port=0
                        listen-address=192.168.1.20
                        bind-dynamic
                        log-dhcp

                        # Answers beside the router and gives out no addresses.
                        dhcp-range=192.168.1.0,proxy

                        # iPXE must not be given iPXE again, but the script.
                        dhcp-match=set:ipxe,175
                        dhcp-boot=tag:ipxe,start.ipxe,,192.168.1.20

                        pxe-service=tag:!ipxe,x86PC,"Ichor",undionly.kpxe,192.168.1.20
                        pxe-service=tag:!ipxe,BC_EFI,"Ichor",snponly.efi,192.168.1.20
                        pxe-service=tag:!ipxe,X86-64_EFI,"Ichor",snponly.efi,192.168.1.20
                        pxe-service=tag:!ipxe,ARM64_EFI,"Ichor",arm64/ipxe.efi,192.168.1.20

                        # The root is given on the command line.
                        enable-tftp
                        """);
        assertThat(text(tree, "compose.yaml"))
                .contains("  proxydhcp:\n", "./tftp:/tftp:ro", "./dnsmasq.conf:/etc/ichor.conf:ro");
    }

    @Test
    void the_tftp_root_never_holds_or_lies_in_machine_configs() throws Exception {
        for (BootMode mode : List.of(BootMode.ROUTER_TO_NAS, BootMode.NAS_PROXY)) {
            BootTree tree = assembled(mode, Firmware.UNKNOWN, loaders(NEW));
            assertThat(tree.list("tftp"))
                    .noneMatch(p -> p.matches(".*(generic|groups|profiles|private).*"));
            assertThat(tree.list("")).noneMatch(p -> p.startsWith("generic/"));
            assertThat(text(tree, "compose.yaml")).doesNotContain("tftp-root=/\"");
        }
    }

    @Test
    void an_older_loader_is_refused_for_uefi_where_nobody_tells_ipxe_from_the_firmware()
            throws Exception {
        assertThatThrownBy(() -> assembled(BootMode.ROUTER_TO_NAS, Firmware.UEFI_X64, loaders(OLD)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .isEqualTo(
                                                "The boot loader snponly.efi is too old to start"
                                                        + " from the NAS by UEFI. It is iPXE "
                                                        + OLD
                                                        + "; only builds of 2022 and later read"
                                                        + " autoexec.ipxe, others load themselves"
                                                        + " for ever. Let Ichor download a newer"
                                                        + " one in step 4, or choose the mode in"
                                                        + " which the NAS answers beside the"
                                                        + " router."));
        assertThat(assembled(BootMode.ROUTER_TO_NAS, Firmware.BIOS, loaders(OLD)).list("tftp"))
                .contains("tftp/lpxelinux.0")
                .doesNotContain("tftp/snponly.efi");
    }

    @Test
    void missing_loaders_are_named() throws Exception {
        Loaders noParts = new Loaders(loaders(NEW).all());
        assertThatThrownBy(() -> assembled(BootMode.ROUTER_TO_NAS, Firmware.BIOS, noParts))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .startsWith("A boot loader for BIOS machines is missing.")
                                        .contains(
                                                "sudo apt install ipxe pxelinux syslinux-common"));
        Loaders none = new Loaders(List.of());
        assertThatThrownBy(() -> assembled(BootMode.NAS_PROXY, Firmware.UEFI_ARM64, none))
                .hasMessage("A boot loader for BIOS machines is missing.");
        assertThatThrownBy(() -> assembled(BootMode.NAS_PROXY, Firmware.UEFI_X86, loaders(NEW)))
                .hasMessage("A boot loader for UEFI 32 bit machines is missing.");
    }

    @Test
    void a_nas_that_gives_out_addresses_itself_cannot_answer_beside_the_router() {
        dhcpServers = List.of(NAS);
        assertThatThrownBy(() -> assembled(BootMode.NAS_PROXY, Firmware.BIOS, loaders(NEW)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .startsWith(
                                                "The NAS 192.168.1.20 cannot answer beside the"
                                                    + " router: it is the DHCP server itself. Its"
                                                    + " own DHCP service holds port 67"));
    }
}
