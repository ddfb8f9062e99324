package dev.ichor.netboot;

import dev.ichor.boot.BootTree;

/// What can be handed out.
///
/// @param http our HTTP server, `http://IP:PORT`
record Offerings(BootTree tree, LoaderChoice loaders, String http) {}
