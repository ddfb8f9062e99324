package dev.ichor.diagnosis;

/// What a machine does not boot of: one constant a rule, in the order in which they hide each
/// other. The earlier one is shown when two are there at once.
public enum Cause {
    /// Another program of this PC has a port that we need.
    PORT_TAKEN,
    /// This PC's firewall lets nothing in to us.
    FIREWALL,
    /// This PC is on no network, or probably on the wrong one.
    ADAPTER,
    /// This PC does not reach its router.
    ROUTER_SILENT,
    /// There is no boot loader on this PC.
    NO_LOADERS,
    /// This PC's clock is wrong.
    PC_CLOCK,
    /// This PC's disk is full.
    PC_DISK,
    /// The NAS does not answer.
    NAS_SILENT,
    /// One of our own services does not run.
    SERVICE_DOWN,
    /// Another DHCP or PXE server names another boot file.
    SECOND_SERVER,
    /// Its processor is too old for Talos.
    OLD_PROCESSOR,
    /// It has too little memory.
    LITTLE_MEMORY,
    /// Its firmware is of a kind that cannot start Talos.
    WRONG_FIRMWARE,
    /// A machine of another cluster answers at its address.
    FOREIGN_CLUSTER,
    /// Another machine shows the same SMBIOS UUID.
    SHARED_UUID,
    /// It is told to load a file for another kind of firmware.
    WRONG_FILE,
    /// Nothing was ever heard of it.
    SILENT,
    /// It was woken, and nothing was heard.
    NOT_WOKEN,
    /// It repeats its DISCOVER and takes neither our offer nor the router's lease.
    OFFER_REFUSED,
    /// It has an address, and its question on port 4011 does not arrive.
    PORT_4011,
    /// It has an address and fetches no loader.
    NO_LOADER_ASKED,
    /// The router's file field holds a URL, and the firmware asks for it by TFTP.
    URL_IN_ROUTER,
    /// It asks for a file that we do not have.
    UNKNOWN_FILE,
    /// Our TFTP answers do not reach it, or its do not reach us.
    TFTP_BLOCKED,
    /// It was sent to its disk and comes back.
    DISK_DEAD,
    /// Its firmware refuses the loader.
    SECURE_BOOT,
    /// It loads the loader again and again.
    LOADER_LOOP,
    /// It has the loader and does not start it.
    LOADER_DEAD,
    /// Its switch port waits after each start.
    SPANNING_TREE,
    /// iPXE runs and fetches nothing.
    NO_HTTP,
    /// A file it needs is missing here.
    FILE_MISSING,
    /// Kernel or initramfs broke off.
    DOWNLOAD_CUT,
    /// It has kernel and initramfs and asks for no config.
    NO_CONFIG_ASKED,
    /// Talos does not accept its config.
    CONFIG_REJECTED,
    /// Its clock is wrong or no time server answers.
    CLOCK,
    /// It cannot fetch the installer or an image.
    IMAGE_PULL,
    /// Talos stops because the disk holds an installation already.
    HALTED,
    /// Something is wrong with its Talos that waiting does not cure.
    NODE_TROUBLE,
    /// It has its config, and its API does not answer.
    API_SILENT,
    /// It is held back until the owner looks.
    HELD,
    /// etcd waits and nobody bootstrapped it.
    NOT_BOOTSTRAPPED
}
