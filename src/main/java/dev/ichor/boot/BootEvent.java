package dev.ichor.boot;

import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Something that happened on the wire, on a node or in our own services. Never holds a secret.
///
/// `at` is always the moment it was seen here.
public sealed interface BootEvent {
    /// When it was seen here.
    Instant at();

    /// The machine it is about, or null when it is about none (or the machine is not known).
    default @Nullable Mac mac() {
        return null;
    }

    /// A DHCP DISCOVER or REQUEST of a machine was heard.
    ///
    /// @param pxe whether it asks for a network boot (option 60 begins with PXEClient or
    ///   HTTPClient)
    /// @param ipxe whether iPXE sent it (option 77 or 175)
    /// @param firmware by option 93
    /// @param uuid SMBIOS UUID of option 97 in text form, or empty
    /// @param xid transaction id (RFC 2131)
    record Heard(
            Instant at, Mac mac, boolean pxe, boolean ipxe, Firmware firmware, String uuid, int xid)
            implements BootEvent {}

    /// The machine told what it is made of, from the iPXE stage, before anything large was fetched.
    record Inspected(Instant at, Mac mac, Hardware hardware) implements BootEvent {}

    /// We sent the machine a magic packet.
    record WakeSent(Instant at, Mac mac) implements BootEvent {}

    /// We told a machine what to boot.
    record Offered(Instant at, Mac mac, String file) implements BootEvent {}

    /// The machine hung in its boot loader; from now on it is handed another.
    record LoaderChanged(Instant at, Mac mac, String from, String to) implements BootEvent {}

    /// The machine has taken an address (its REQUEST's option 50, RFC 2132 section 9.1).
    record Leased(Instant at, Mac mac, Ip4 ip) implements BootEvent {}

    /// Another DHCP or PXE server was heard.
    ///
    /// @param bootFile what it names to boot, or empty when that is nothing, or to be had from us
    record OtherServer(Instant at, Ip4 server, String bootFile) implements BootEvent {}

    /// A transfer has begun.
    ///
    /// @param protocol `TFTP` or `HTTP`
    /// @param bytes size of the file
    record TransferStarted(
            Instant at,
            @Nullable Mac mac,
            Ip4 ip,
            String protocol,
            Payload kind,
            String file,
            long bytes)
            implements BootEvent {}

    /// A transfer goes on; at most four a second each.
    record TransferProgress(
            Instant at, @Nullable Mac mac, Ip4 ip, Payload kind, String file, long done, long of)
            implements BootEvent {}

    /// A transfer was complete.
    record TransferDone(
            Instant at,
            @Nullable Mac mac,
            Ip4 ip,
            String protocol,
            Payload kind,
            String file,
            long bytes,
            long millis)
            implements BootEvent {}

    /// A transfer ended before its end, or the file is not there.
    record TransferFailed(
            Instant at,
            @Nullable Mac mac,
            Ip4 ip,
            String protocol,
            Payload kind,
            String file,
            String reason)
            implements BootEvent {}

    /// The machine waits for the owner's *Approve*.
    record WaitingForApproval(Instant at, Mac mac) implements BootEvent {}

    /// The machine asked for its config.
    record ConfigAsked(Instant at, Mac mac, Ip4 ip) implements BootEvent {}

    /// The owner approved the machine.
    record Approved(Instant at, Mac mac) implements BootEvent {}

    /// The machine's config was handed out in full.
    record ConfigServed(Instant at, Mac mac, Ip4 ip) implements BootEvent {}

    /// It was handed the part of its config that holds no secret: it waits for the rest to be
    /// pushed to it.
    record PartServed(Instant at, Mac mac, Ip4 ip) implements BootEvent {}

    /// A request for a config was refused.
    ///
    /// @param mac the machine it claimed to be, if it did
    record ConfigRefused(Instant at, @Nullable Mac mac, Ip4 ip, String reason)
            implements BootEvent {}

    /// The machine was given a script that gets it on.
    ///
    /// @param script `network`, `disk` or `wipe`
    record ScriptGiven(Instant at, Mac mac, String script) implements BootEvent {}

    /// Something is doubtful about the machine: it waits for a new approval.
    ///
    /// @param ip the address that raised the doubt
    record Held(Instant at, Mac mac, Ip4 ip, String reason) implements BootEvent {}

    /// The machine's own Talos API proved that it is installed, for the first time since it was
    /// wiped.
    record Installed(Instant at, Mac mac) implements BootEvent {}

    /// What is to be done to the machine once goes on.
    ///
    /// @param action `reinstall` or `wipe`
    /// @param state in words: ordered, or how it was done
    record ActionChanged(Instant at, Mac mac, String action, String state) implements BootEvent {}

    /// The node told something by its kernel log or event sink. Paints the view, decides nothing.
    ///
    /// @param stage INSTALLING, REBOOTING, or null when it is only a line
    record NodeSaid(Instant at, Mac mac, @Nullable Stage stage, String line) implements BootEvent {}

    /// The machine waits in maintenance mode: it has no config and lets anybody in.
    ///
    /// @param fingerprint SHA-256 of its certificate's public key in Base64, as on its screen
    record Maintenance(Instant at, Mac mac, Ip4 ip, String fingerprint) implements BootEvent {}

    /// A machine of another cluster answers at this machine's address: it is to be wiped first.
    record ForeignCluster(Instant at, Mac mac, Ip4 ip, String fingerprint) implements BootEvent {}

    /// The disks of a machine that is to be installed where the owner says.
    record DisksSeen(Instant at, Mac mac, List<Disk> disks) implements BootEvent {}

    /// The machine's config was given to it over its Talos API.
    record ConfigPushed(Instant at, Mac mac, Ip4 ip) implements BootEvent {}

    /// Something keeps the machine back that waiting does not cure.
    ///
    /// @param what sentences for the owner
    record NodeTrouble(Instant at, Mac mac, String what) implements BootEvent {}

    /// The proof that the machine is installed: its Talos API answered us over mutual TLS with this
    /// cluster's authority, its own MAC was read there, and it is not installing.
    record ApiAnswered(Instant at, Mac mac, String talosVersion) implements BootEvent {}

    /// The state of one of the node's services, read over the Talos API.
    record NodeService(Instant at, Mac mac, String service, String state, boolean healthy)
            implements BootEvent {}

    /// etcd was bootstrapped on this node.
    record Bootstrapped(Instant at, Mac mac) implements BootEvent {}

    /// What the Kubernetes API says of the node.
    record KubernetesNode(Instant at, Mac mac, String name, boolean ready) implements BootEvent {}

    /// One of our own services listens.
    ///
    /// @param service `dhcp`, `pxe`, `tftp`, `http` or `control`
    record ServiceUp(Instant at, String service, String address) implements BootEvent {}

    /// One of our own services does not listen.
    record ServiceDown(Instant at, String service, String reason) implements BootEvent {}

    /// The gate was armed or disarmed.
    record GateChanged(Instant at, boolean armed) implements BootEvent {}

    /// A packet or request that made no sense; counted, never fatal.
    record Stray(Instant at, String from, String what) implements BootEvent {}
}
