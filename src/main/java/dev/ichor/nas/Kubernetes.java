package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A tree served by two Matchboxes on a Kubernetes cluster, as manifests for `kubectl apply`.
///
/// The small files lie in ConfigMaps. The large ones each server fetches for itself and checks, so
/// the cluster needs no storage, and one of two nodes may be gone.
public final class Kubernetes {
    /// `kubectl apply` keeps a copy of an object in an annotation of 256 KiB at most (Kubernetes,
    /// `TotalAnnotationSizeLimitB`).
    private static final int MAP_CHARS = 200_000;

    /// Ports that every node can listen on for a service, by default (Kubernetes,
    /// `--service-node-port-range`).
    private static final int FIRST_NODE_PORT = 30_000;

    private static final int LAST_NODE_PORT = 32_767;
    private static final int HTTP = 80;
    private static final String ASSETS = "assets/";

    private static final String HEAD =
            """
            # Written by Ichor: kubectl apply -f matchbox.yaml
            # It holds no secret. Machines get their configs from Ichor, after your Approve.
            apiVersion: v1
            kind: Namespace
            metadata:
              name: ichor-boot
              labels:
                pod-security.kubernetes.io/enforce: restricted
            """;

    /// `%s` the name, `%s` the data.
    private static final String MAP =
            """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %s
              namespace: ichor-boot
            data:
            %s\
            """;

    /// `%s` the image, `%s` and `%s` the names of the ConfigMaps.
    private static final String DEPLOYMENT =
            """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: matchbox
              namespace: ichor-boot
            spec:
              replicas: 2
              selector:
                matchLabels: {app: matchbox}
              template:
                metadata:
                  labels: {app: matchbox}
                spec:
                  automountServiceAccountToken: false
                  securityContext:
                    runAsNonRoot: true
                    runAsUser: 65534
                    runAsGroup: 65534
                    fsGroup: 65534
                    seccompProfile: {type: RuntimeDefault}
                  tolerations:
                  - key: node-role.kubernetes.io/control-plane
                    operator: Exists
                    effect: NoSchedule
                  topologySpreadConstraints:
                  - maxSkew: 1
                    topologyKey: kubernetes.io/hostname
                    whenUnsatisfiable: ScheduleAnyway
                    labelSelector:
                      matchLabels: {app: matchbox}
                  initContainers:
                  - name: fetch
                    image: docker.io/curlimages/curl:8.11.1
                    command: [sh, /files/fetch.sh]
                    workingDir: /assets
                    securityContext:
                      allowPrivilegeEscalation: false
                      readOnlyRootFilesystem: true
                      capabilities: {drop: [ALL]}
                    volumeMounts:
                    - {name: files, mountPath: /files, readOnly: true}
                    - {name: assets, mountPath: /assets}
                  containers:
                  - name: matchbox
                    image: %s
                    args: ["-address=0.0.0.0:8080"]
                    ports:
                    - {name: http, containerPort: 8080}
                    readinessProbe:
                      httpGet: {path: /, port: http}
                      periodSeconds: 5
                    resources:
                      requests: {cpu: 10m, memory: 32Mi}
                    securityContext:
                      allowPrivilegeEscalation: false
                      readOnlyRootFilesystem: true
                      capabilities: {drop: [ALL]}
                    volumeMounts:
                    - {name: groups, mountPath: /var/lib/matchbox/groups, readOnly: true}
                    - {name: profiles, mountPath: /var/lib/matchbox/profiles, readOnly: true}
                    - {name: assets, mountPath: /var/lib/matchbox/assets, readOnly: true}
                  volumes:
                  - name: files
                    configMap: {name: files}
                  - name: assets
                    emptyDir: {}
                  - name: groups
                    projected:
                      sources:
            %s      - name: profiles
                    projected:
                      sources:
            %s---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: matchbox
              namespace: ichor-boot
            spec:
              minAvailable: 1
              selector:
                matchLabels: {app: matchbox}
            """;

    /// `%s` type and address, `%s` the port.
    private static final String SERVICE =
            """
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: matchbox
              namespace: ichor-boot
            spec:
              %s
              selector: {app: matchbox}
              ports:
              - name: http
                targetPort: http
            %s\
            """;

    /// What a server runs first; the folder it runs in becomes `assets/`.
    private static final String SCRIPT =
            """
            # Fetches what is not there yet, and takes nothing but what Ichor verified.
            set -eu
            fetch() { # SHA256 FILE URL
              echo "$1  $2" | sha256sum -c >/dev/null 2>&1 && return
              curl -fsSL --retry 5 --create-dirs -o "$2.part" "$3"
              echo "$1  $2.part" | sha256sum -c
              mv "$2.part" "$2"
            }
            """;

    private Kubernetes() {}

    /// Whether machines reach such a port at every node's address; any other needs a load balancer.
    public static boolean isNodePort(URI base) {
        return base.getPort() >= FIRST_NODE_PORT && base.getPort() <= LAST_NODE_PORT;
    }

    /// The manifests of a tree without configs.
    ///
    /// @param base where machines reach the service
    /// @param source where a large file is had, given its path below `assets/`
    /// @throws IOException when a file of the tree cannot be read
    public static String manifests(BootTree tree, URI base, UnaryOperator<String> source)
            throws IOException {
        StringBuilder yaml = new StringBuilder(HEAD);
        String groups = maps(yaml, tree, "groups");
        String profiles = maps(yaml, tree, "profiles");
        Map<String, String> files = new TreeMap<>();
        StringBuilder script = new StringBuilder(SCRIPT);
        for (String path : tree.list("assets")) {
            String name = path.substring(ASSETS.length());
            Content content = tree.get(path).orElseThrow();
            if (content instanceof Content.Text page) {
                files.put(name, page.text());
                script.append("cp \"${0%/*}/").append(name).append("\" .\n");
            } else {
                List<String> words = List.of("fetch", Hashes.of(content), name, source.apply(name));
                script.append(String.join(" ", words)).append('\n');
            }
        }
        files.put("fetch.sh", script.toString());
        yaml.append(MAP.formatted("files", data(files)));
        yaml.append(DEPLOYMENT.formatted(Compose.IMAGE, groups, profiles));
        return yaml.append(service(base)).toString();
    }

    /// Writes a folder as ConfigMaps.
    ///
    /// @return the sources of a volume that shows them as one folder
    private static String maps(StringBuilder yaml, BootTree tree, String folder)
            throws IOException {
        List<Map<String, String>> maps = new ArrayList<>(List.of(new TreeMap<>()));
        int chars = 0;
        for (String path : tree.list(folder)) {
            String text = ((Content.Text) tree.get(path).orElseThrow()).text();
            chars += text.length();
            if (chars > MAP_CHARS) {
                maps.add(new TreeMap<>());
                chars = text.length();
            }
            maps.getLast().put(path.substring(folder.length() + 1), text);
        }
        StringBuilder sources = new StringBuilder();
        for (int i = 0; i < maps.size(); i++) {
            String name = folder + "-" + (i + 1);
            yaml.append(MAP.formatted(name, data(maps.get(i))));
            sources.append("          - configMap: {name: ").append(name).append("}\n");
        }
        return sources.toString();
    }

    /// File names and texts as literal blocks (YAML 1.2, 8.1.2).
    private static String data(Map<String, String> files) {
        StringBuilder data = new StringBuilder();
        files.forEach((name, text) ->
                data.append("  ")
                        .append(name)
                        .append(": |\n")
                        .append(text.stripTrailing().indent("    ".length())));
        return data.toString();
    }

    private static String service(URI base) {
        int port = base.getPort() < 0 ? HTTP : base.getPort();
        return isNodePort(base)
                ? SERVICE.formatted("type: NodePort", ports(8080) + "    nodePort: " + port + "\n")
                : SERVICE.formatted(
                        "type: LoadBalancer\n  loadBalancerIP: " + base.getHost(), ports(port));
    }

    private static String ports(int port) {
        return "    port: " + port + "\n";
    }
}
