package dev.ichor.netboot;

import org.jspecify.annotations.Nullable;

/// The ports that are open.
///
/// @param http TCP
/// @param tftp UDP
/// @param dhcp UDP, or null when the role is OFF
/// @param pxe UDP, or null unless the role is PROXY
public record Ports(int http, int tftp, @Nullable Integer dhcp, @Nullable Integer pxe) {}
