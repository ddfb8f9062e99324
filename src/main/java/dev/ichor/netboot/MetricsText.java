package dev.ichor.netboot;

/// Prometheus' text format 0.0.4; every name begins with `ichor_`.
final class MetricsText {
    private static final String PREFIX = "ichor_";

    private final StringBuilder out = new StringBuilder();

    void gauge(String name, String help) {
        head(name, help, "gauge");
    }

    /// @param name without `_total`
    void counter(String name, String help) {
        head(name + "_total", help, "counter");
    }

    private void head(String name, String help, String type) {
        out.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    }

    /// @param labels name, value, name, value…
    void sample(String name, long value, String... labels) {
        out.append(PREFIX).append(name);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',');
            out.append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
        }
        out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
