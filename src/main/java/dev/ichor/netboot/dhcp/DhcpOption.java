package dev.ichor.netboot.dhcp;

/// Option codes, each with the section that defines it.
public final class DhcpOption {
    /// Filler without length, RFC 2132 section 3.1.
    static final int PAD = 0;

    /// Subnet mask, RFC 2132 section 3.3.
    public static final int SUBNET_MASK = 1;

    /// Routers, RFC 2132 section 3.5.
    public static final int ROUTER = 3;

    /// Name servers, RFC 2132 section 3.8.
    public static final int DNS = 6;

    /// Host name, RFC 2132 section 3.14.
    public static final int HOST_NAME = 12;

    /// Vendor-specific information, RFC 2132 section 8.4; holds PXE's own options (PXE 2.1 section
    /// 2.2.3).
    public static final int VENDOR_SPECIFIC = 43;

    /// Requested IP address, RFC 2132 section 9.1.
    public static final int REQUESTED_IP = 50;

    /// Lease time in seconds, RFC 2132 section 9.2.
    public static final int LEASE_TIME = 51;

    /// `file` and `sname` hold options too, RFC 2132 section 9.3.
    static final int OVERLOAD = 52;

    /// Message type, RFC 2132 section 9.6.
    public static final int MESSAGE_TYPE = 53;

    /// Server identifier, RFC 2132 section 9.7.
    public static final int SERVER_ID = 54;

    /// Parameter request list, RFC 2132 section 9.8.
    public static final int PARAMETER_LIST = 55;

    /// Maximum message size, RFC 2132 section 9.10.
    public static final int MAX_SIZE = 57;

    /// Seconds until the client asks its server to go on, T1, RFC 2132 section 9.11.
    public static final int RENEWAL_TIME = 58;

    /// Seconds until the client asks any server to go on, T2, RFC 2132 section 9.12.
    public static final int REBINDING_TIME = 59;

    /// Vendor class identifier, RFC 2132 section 9.13; `PXEClient…` or `HTTPClient…`.
    public static final int VENDOR_CLASS = 60;

    /// Client identifier, RFC 2132 section 9.14.
    public static final int CLIENT_ID = 61;

    /// TFTP server name, RFC 2132 section 9.4.
    public static final int TFTP_SERVER = 66;

    /// Boot file name, RFC 2132 section 9.5.
    public static final int BOOT_FILE = 67;

    /// User class, RFC 3004 section 4; iPXE says `iPXE`.
    public static final int USER_CLASS = 77;

    /// Client system architecture, RFC 4578 section 2.1.
    public static final int ARCHITECTURE = 93;

    /// Client network interface, RFC 4578 section 2.2.
    public static final int NETWORK_INTERFACE = 94;

    /// Client machine identifier, RFC 4578 section 2.3: a zero octet and the UUID.
    public static final int MACHINE_ID = 97;

    /// iPXE's own encapsulated options (ipxe.org/howto/dhcpd).
    public static final int IPXE = 175;

    /// End of options, RFC 2132 section 3.2.
    static final int END = 255;

    private DhcpOption() {}
}
