package dev.ichor.nas;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterPlan;

import java.util.List;

/// The containers on the NAS: they start again by themselves, write nothing, and offer no way to
/// change anything over the network.
final class Compose {
    static final String DNSMASQ_CONF = "dnsmasq.conf";
    static final String WAKE = "wake.sh";
    static final String IMAGE = "quay.io/poseidon/matchbox:v0.11.0";

    private static final String MATCHBOX =
            """
            # Written by Ichor. Start it in this folder: docker compose up -d
            # (Synology: Container Manager, Project, Create, this folder).
            services:
              matchbox:
                image: %s
                command: ["-address=0.0.0.0:%d"]
                network_mode: host
                restart: unless-stopped
                read_only: true
                volumes:
                  - ./groups:/var/lib/matchbox/groups:ro
                  - ./profiles:/var/lib/matchbox/profiles:ro
                  - ./assets:/var/lib/matchbox/assets:ro
            """;

    private static final String GENERIC = "      - ./generic:/var/lib/matchbox/generic:ro\n";

    private static final String DNSMASQ =
            """
              %s:
                image: quay.io/poseidon/dnsmasq:v0.5.0-41-g0212fd2
                command: ["--keep-in-foreground", "--log-facility=-", "--user=root",
                  "--conf-file=/etc/ichor.conf", "--tftp-root=/tftp"]
                network_mode: host
                restart: unless-stopped
                cap_add: [NET_ADMIN, NET_RAW, NET_BIND_SERVICE]
                volumes:
                  - ./dnsmasq.conf:/etc/ichor.conf:ro
                  - ./tftp:/tftp:ro
            """;

    private static final String WAKER =
            """
              wake:
                image: docker.io/library/busybox:1.37.0
                command: ["sh", "/wake.sh"]
                network_mode: host
                restart: unless-stopped
                read_only: true
                cap_add: [NET_RAW]
                volumes:
                  - ./wake.sh:/wake.sh:ro
            """;

    /// `%1$s` the NAS's address, `%2$s` its Matchbox, `%3$s` the MACs.
    private static final String SCRIPT =
            """
            # Written by Ichor. After a power cut the machines may be on before the router and this
            # NAS, and give up. They are woken here, once the router, Matchbox and TFTP answer; a
            # machine that is on does not mind.
            card=$(ip -o -4 addr | awk '$4 ~ "^%1$s/" {print $2; exit}')
            gateway=$(ip -4 route show default | awk '{print $3; exit}')
            until wget -q -O /dev/null %2$s/ && tftp -g -r autoexec.ipxe -l - %1$s >/dev/null &&
                ping -c 1 -W 2 "$gateway" >/dev/null; do sleep 2; done
            for round in 1 2 3; do
              for mac in %3$s; do ether-wake -i "$card" "$mac"; done
              sleep 20
            done
            while :; do sleep 86400; done
            """;

    private Compose() {}

    /// Matchbox alone.
    static String matchbox(int port) {
        return MATCHBOX.formatted(IMAGE, port);
    }

    /// @param configs whether `generic/` is there
    static String yaml(ClusterPlan plan, NasBoot.Site site, boolean configs) {
        boolean proxy = plan.mode() == BootMode.NAS_PROXY;
        String yaml = matchbox(site.port()) + (configs ? GENERIC : "");
        if (proxy || !site.ownTftp()) {
            yaml += DNSMASQ.formatted(proxy ? "proxydhcp" : "tftp");
        }
        return yaml + WAKER;
    }

    static String wakeScript(ClusterPlan plan, NasBoot.Site site) {
        List<String> macs = plan.nodes().stream().map(n -> n.mac().toString()).toList();
        return SCRIPT.formatted(site.nas(), site.http(), String.join(" ", macs));
    }
}
