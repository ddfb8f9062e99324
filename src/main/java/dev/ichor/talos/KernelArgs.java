package dev.ichor.talos;

import dev.ichor.cluster.TalosVersion;

import java.util.ArrayList;
import java.util.List;

/// The kernel arguments Talos wants when it boots from the network (machinery's defaults per
/// release). Without exactly `slab_nomerge` and `pti=on` it reboots in a loop.
public final class KernelArgs {
    private static final List<String> ALWAYS =
            List.of(
                    "talos.platform=metal",
                    "console=tty0",
                    "init_on_alloc=1",
                    "slab_nomerge",
                    "pti=on",
                    "consoleblank=0",
                    "nvme_core.io_timeout=4294967295",
                    "printk.devkmsg=on");
    private static final List<String> IMA =
            List.of("ima_template=ima-ng", "ima_appraise=fix", "ima_hash=sha512");

    private KernelArgs() {}

    /// The arguments of this release, without `initrd=` and `talos.config=`, which are the boot
    /// script's.
    public static List<String> of(TalosVersion version) {
        List<String> args = new ArrayList<>(ALWAYS);
        if (!version.atLeast(1, 11)) {
            args.addAll(IMA);
        }
        addFrom(version, 10, "selinux=1", args);
        addFrom(version, 12, "module.sig_enforce=1", args);
        addFrom(version, 13, "proc_mem.force_override=never", args);
        return List.copyOf(args);
    }

    private static void addFrom(TalosVersion version, int minor, String arg, List<String> args) {
        if (version.atLeast(1, minor)) {
            args.add(arg);
        }
    }
}
