package dev.ichor.netboot.dhcp;

/// Where things lie in a packet (RFC 2131 figure 1).
final class Layout {
    static final int CHADDR = 28;
    static final int CHADDR_SIZE = 16;
    static final int SNAME = 44;
    static final int SNAME_SIZE = 64;
    static final int FILE = 108;
    static final int FILE_SIZE = 128;
    static final int COOKIE = 236;
    static final int OPTIONS = 240;

    /// RFC 1497: what follows are options.
    static final int MAGIC = 0x63825363;

    /// The smallest packet sent (RFC 1542 section 2.1).
    static final int MIN_SIZE = 300;

    /// The longest value of one option field; longer ones are split (RFC 3396).
    static final int MAX_VALUE = 255;

    /// Where each octet of a UUID's text lies on the wire.
    static final int[] UUID_ORDER = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

    private Layout() {}
}
