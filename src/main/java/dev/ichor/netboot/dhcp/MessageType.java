package dev.ichor.netboot.dhcp;

import java.util.Optional;

/// Option 53, DHCP message type (RFC 2132 section 9.6).
public enum MessageType {
    /// Client looks for servers.
    DISCOVER(1),
    /// Server offers.
    OFFER(2),
    /// Client takes an offer, or asks a PXE server on port 4011.
    REQUEST(3),
    /// Client refuses an address.
    DECLINE(4),
    /// Server confirms.
    ACK(5),
    /// Server refuses.
    NAK(6),
    /// Client gives its address back.
    RELEASE(7),
    /// Client has an address and wants the rest only.
    INFORM(8);

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /// The number on the wire.
    public int code() {
        return code;
    }

    /// Empty for numbers this enum does not name.
    public static Optional<MessageType> of(int code) {
        return code >= 1 && code <= values().length
                ? Optional.of(values()[code - 1])
                : Optional.empty();
    }
}
