package dev.ichor.ui;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;

import org.jspecify.annotations.Nullable;

/// The NAS fields as the owner fills them in: `host` may carry a port, the web address follows the
/// host until it is typed.
///
/// @param host name or address, with `:port` when it is not 22
/// @param user log-in name
/// @param folder folder on the NAS
/// @param http base URL of the NAS's Matchbox
/// @param key empty for a password, else as [NasTarget#key]
record NasForm(String host, String user, String folder, String http, String key) {
    private static final int SSH = 22;
    private static final int HIGHEST_PORT = 65535;

    /// Matchbox' own default port.
    private static final int MATCHBOX = 8080;

    /// The fields for what the draft says.
    static NasForm of(@Nullable NasTarget nas) {
        if (nas == null) {
            return new NasForm("", "", "", "", "");
        }
        String port = nas.port() == SSH ? "" : ":" + nas.port();
        String key = nas.key() == null ? "" : nas.key();
        return new NasForm(nas.host() + port, nas.user(), nas.folder(), nas.httpBase(), key);
    }

    /// The draft with these fields; all of them empty means no NAS. Another host forgets the pinned
    /// key.
    Draft into(Draft draft) {
        if ((host + user + folder + http + key).isBlank()) {
            return draft.copiedTo(null);
        }
        NasTarget was = draft.nas();
        boolean same = was != null && was.host().equals(name()) && was.port() == port();
        String pinned = same && was != null ? was.hostKey() : null;
        boolean configs = was != null && was.configs();
        return draft.copiedTo(
                new NasTarget(name(), port(), user, folder, pinned, base(was))
                        .by(key.isBlank() ? null : key)
                        .holding(configs));
    }

    private String base(@Nullable NasTarget was) {
        boolean followed = was == null || http.equals(usual(was.host()));
        return http.isBlank() || followed ? usual(name()) : http;
    }

    private static String usual(String name) {
        String server = name.replaceFirst("^(smb|ftps?|dsm)://|^file:$", "");
        return server.isBlank() ? "" : "http://" + server + ":" + MATCHBOX;
    }

    private String name() {
        return hasPort() ? host.substring(0, host.lastIndexOf(':')) : host;
    }

    private int port() {
        return hasPort() ? Integer.parseInt(host.substring(host.lastIndexOf(':') + 1)) : SSH;
    }

    private boolean hasPort() {
        int colon = host.lastIndexOf(':');
        return colon > 0
                && host.substring(colon + 1).matches("[0-9]{1,5}")
                && Integer.parseInt(host.substring(colon + 1)) <= HIGHEST_PORT;
    }
}
