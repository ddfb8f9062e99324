package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a NAS needs beside Matchbox's folders to boot the machines without this PC (modes C and E):
/// a TFTP root, a compose file, and in mode E what dnsmasq does.
///
/// The TFTP root is a folder of its own, `tftp/`: never one that holds, or lies in, machine
/// configs.
public final class NasBoot {
    static final String TFTP = "tftp/";

    /// Under `tftp/`: what UEFI iPXE runs by itself, and what BIOS is told to run. The same text.
    private static final List<String> SCRIPTS = List.of("autoexec.ipxe", "start.ipxe");

    /// Firmware to the folder below `tftp/`; iPXE looks for `autoexec.ipxe` beside itself, then in
    /// the root.
    private static final Map<Firmware, String> FOLDERS =
            Map.of(
                    Firmware.UEFI_X64, "",
                    Firmware.UEFI_X86, "i386/",
                    Firmware.UEFI_ARM64, "arm64/");

    private static final List<String> BIOS_ROUTE =
            List.of("lpxelinux.0", "ldlinux.c32", "ipxe.lkrn");

    private static final String PXELINUX =
            """
            DEFAULT ipxe
            PROMPT 0
            LABEL ipxe
              KERNEL ipxe.lkrn
              INITRD start.ipxe
            """;

    private final ClusterPlan plan;
    private final Loaders loaders;
    private final Site site;
    private final Map<String, Content> files = new TreeMap<>();

    /// Where the NAS stands.
    ///
    /// @param nas its own address
    /// @param port where its Matchbox answers
    /// @param lan the machines' network
    /// @param dhcpServers who gives out addresses there, as far as known
    /// @param ownTftp whether the NAS's own TFTP service serves `tftp/`; else a container does
    public record Site(Ip4 nas, int port, Subnet lan, List<Ip4> dhcpServers, boolean ownTftp) {
        /// Copies the list.
        public Site {
            dhcpServers = List.copyOf(dhcpServers);
        }

        /// `http://IP:PORT`
        String http() {
            return "http://" + nas + ":" + port;
        }
    }

    private NasBoot(ClusterPlan plan, Loaders loaders, Site site) {
        this.plan = plan;
        this.loaders = loaders;
        this.site = site;
    }

    /// The compose file of the tree, which is known before anything was downloaded.
    ///
    /// @param configs whether the machines' configs lie on the NAS
    public static String compose(ClusterPlan plan, Site site, boolean configs) {
        return Compose.yaml(plan, site, configs);
    }

    /// A compose file of Matchbox alone, where others tell the machines to come to it.
    public static String compose(int port) {
        return Compose.matchbox(port);
    }

    /// The tree with what the NAS needs besides.
    ///
    /// @throws ProblemException when a loader is missing or too old for a machine of the plan, or
    ///   the NAS cannot answer beside the router
    public static BootTree around(BootTree data, ClusterPlan plan, Loaders loaders, Site site)
            throws IOException {
        NasBoot boot = new NasBoot(plan, loaders, site);
        for (String path : data.list("")) {
            boot.files.put(path, data.get(path).orElseThrow());
        }
        boot.add();
        return BootTree.of(boot.files);
    }

    private void add() throws IOException {
        boolean proxy = plan.mode() == BootMode.NAS_PROXY;
        if (proxy) {
            refuseWhereNoProxyCanBe();
        }
        boolean bios = proxy ? addLoader(Firmware.BIOS, "") : addBiosRoute();
        boolean uefi = addUefi(proxy);
        refuseWithoutLoader(bios, uefi);
        for (String script : SCRIPTS) {
            text(TFTP + script, EntryScript.of(site.http()));
        }
        if (proxy || !site.ownTftp()) {
            text(Compose.DNSMASQ_CONF, Dnsmasq.conf(site, proxy, loaders));
        }
        text(Compose.WAKE, Compose.wakeScript(plan, site));
        boolean configs = files.keySet().stream().anyMatch(p -> p.startsWith("generic/"));
        text("compose.yaml", Compose.yaml(plan, site, configs));
    }

    private boolean addBiosRoute() throws IOException {
        if (!loaders.parts().keySet().containsAll(BIOS_ROUTE)) {
            return false;
        }
        for (var part : loaders.parts().entrySet()) {
            files.put(TFTP + part.getKey(), Content.File.at(part.getValue()));
        }
        text(TFTP + "pxelinux.cfg/default", PXELINUX);
        return true;
    }

    /// In mode C no one tells iPXE apart from the firmware: without `autoexec.ipxe` it would load
    /// itself for ever. dnsmasq does tell them apart.
    private boolean addUefi(boolean proxy) throws IOException {
        boolean any = false;
        for (var e : FOLDERS.entrySet()) {
            Optional<Loader> loader = loaders.of(e.getKey());
            if (loader.isPresent() && (proxy || loader.get().readsAutoexec())) {
                any |= addLoader(e.getKey(), e.getValue());
            } else if (loader.isPresent() && has(e.getKey())) {
                throw NasWords.tooOld(loader.get());
            }
        }
        return any;
    }

    private boolean addLoader(Firmware firmware, String folder) throws IOException {
        Optional<Loader> loader = loaders.of(firmware);
        if (loader.isPresent()) {
            Content file = Content.File.at(loader.get().path());
            files.put(TFTP + folder + loader.get().name(), file);
        }
        return loader.isPresent();
    }

    private void refuseWithoutLoader(boolean bios, boolean uefi) throws ProblemException {
        if (!bios && (has(Firmware.BIOS) || !uefi)) {
            throw NasWords.missing(plan.mode(), Firmware.BIOS);
        }
        for (Firmware f : FOLDERS.keySet()) {
            if (has(f) && loaders.of(f).isEmpty()) {
                throw NasWords.missing(plan.mode(), f);
            }
        }
    }

    private void refuseWhereNoProxyCanBe() throws ProblemException {
        if (site.dhcpServers().contains(site.nas())) {
            throw NasWords.isDhcpServer(site.nas());
        }
        if (!site.lan().contains(site.nas())) {
            throw NasWords.elsewhere(site.nas(), site.lan());
        }
    }

    private boolean has(Firmware firmware) {
        return plan.nodes().stream().anyMatch(n -> n.machine().firmware() == firmware);
    }

    private void text(String path, String text) {
        files.put(path, new Content.Text(text));
    }
}
