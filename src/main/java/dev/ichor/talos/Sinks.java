package dev.ichor.talos;

import dev.ichor.cluster.Ip4;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where one machine sends its kernel log and its events while this PC serves: as kernel arguments
/// for the installation, and as documents of its config for afterwards.
///
/// @param host this PC
/// @param kernelLog TCP port of this machine's own, or 0 for none
/// @param events TCP port of the event sink, or 0 for none
public record Sinks(Ip4 host, int kernelLog, int events) {
    private static final String NAME = "ichor";
    private static final String KERNEL_LOG = "KmsgLogConfig";
    private static final String EVENTS = "EventSinkConfig";

    /// Kernel arguments (Talos since 1.0).
    public List<String> kernelArgs() {
        List<String> args = new ArrayList<>();
        if (kernelLog != 0) {
            args.add("talos.logging.kernel=" + url());
        }
        if (events != 0) {
            args.add("talos.events.sink=" + host + ":" + events);
        }
        return args;
    }

    /// Documents of a machine config (Talos since 1.5). Alone they are a config that is not
    /// complete: a machine that gets it waits in maintenance mode, and tells.
    public String documents() {
        List<Map<String, Object>> all = new ArrayList<>();
        if (kernelLog != 0) {
            all.add(document(KERNEL_LOG).put("name", NAME).put("url", url()).map());
        }
        if (events != 0) {
            all.add(document(EVENTS).put("endpoint", host + ":" + events).map());
        }
        return Yaml.write(all);
    }

    /// As [#documents], and never empty: with no sink it is only the name, which the machine then
    /// shows on its screen.
    public String part(String hostname) {
        String all = documents();
        return all.isEmpty()
                ? Yaml.write(
                        List.of(
                                document("HostnameConfig")
                                        .put("auto", "off")
                                        .put("hostname", hostname)
                                        .map()))
                : all;
    }

    private String url() {
        return "tcp://" + host + ":" + kernelLog + "/";
    }

    private static Fields document(String kind) {
        return Fields.of("apiVersion", "v1alpha1").put("kind", kind);
    }

    /// A config with the documents at its end.
    public String in(String config) {
        String more = documents();
        return more.isEmpty() ? config : config + "---\n" + more;
    }

    /// A node's config without the documents of [#documents]; all other text stays as it is, for
    /// the owner may have changed it.
    public static String outOf(String config) {
        List<String> kept = new ArrayList<>();
        for (String document : config.split("(?m)^---[ \\t]*\\R", -1)) {
            if (!isSink(document)) {
                kept.add(document);
            }
        }
        return String.join("---\n", kept);
    }

    /// Another's kernel-log document, by another name, is left alone. There is one event sink only.
    private static boolean isSink(String document) {
        return isKind(document, EVENTS)
                || (isKind(document, KERNEL_LOG)
                        && document.lines().anyMatch(l -> l.strip().equals("name: " + NAME)));
    }

    private static boolean isKind(String document, String kind) {
        return document.lines().anyMatch(l -> l.stripTrailing().equals("kind: " + kind));
    }
}
