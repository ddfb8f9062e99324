package dev.ichor.netboot;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;

/// What can be handed out.
///
/// @param http our HTTP server, `http://IP:PORT`
record Offerings(BootTree tree, Loaders loaders, String http) {}
