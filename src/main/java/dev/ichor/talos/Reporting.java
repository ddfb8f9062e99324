package dev.ichor.talos;

/// Where an installed machine goes on reporting to; kernel arguments do not survive the install.
///
/// @param kernelLog `tcp://host:port` or `udp://host:port`, or empty
/// @param events `host:port`, or empty
public record Reporting(String kernelLog, String events) {
    /// To nobody.
    public static final Reporting NOWHERE = new Reporting("", "");
}
