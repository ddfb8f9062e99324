package dev.ichor.netboot.tftp;

/// Error codes of TFTP (RFC 1350 appendix, RFC 2347 for the last).
public enum ErrorCode {
    /// See the message.
    NOT_DEFINED,
    /// File not found.
    NOT_FOUND,
    /// Access violation.
    ACCESS_VIOLATION,
    /// Disk full.
    DISK_FULL,
    /// Illegal operation.
    ILLEGAL_OPERATION,
    /// Unknown transfer id.
    UNKNOWN_TRANSFER,
    /// File exists.
    FILE_EXISTS,
    /// No such user.
    NO_SUCH_USER,
    /// The client does not want these options, or only wanted to know the size.
    OPTION_REFUSED;

    /// The code on the wire, or [#NOT_DEFINED] for one without name.
    static ErrorCode of(int code) {
        return code < values().length ? values()[code] : NOT_DEFINED;
    }
}
