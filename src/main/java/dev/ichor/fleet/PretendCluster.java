package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;
import dev.ichor.talos.Authority;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the nodes of one cluster know of each other. On a real network they would talk by trustd,
/// etcd and the kubelet's own client; nobody outside sees these.
final class PretendCluster {
    /// A node as Kubernetes lists it.
    record Member(String name, Ip4 ip, Role role, String kubelet, boolean ready) {
        Member ready(boolean now) {
            return new Member(name, ip, role, kubelet, now);
        }
    }

    private final SortedMap<Mac, Member> members = new TreeMap<>();
    private final SortedMap<Mac, Authority> trustd = new TreeMap<>();
    private boolean etcd;
    private int apiServers;

    /// A control plane's trustd answers.
    synchronized void trust(Mac controlPlane, Authority authority) {
        trustd.put(controlPlane, authority);
        notifyAll();
    }

    /// Waits until some control plane signs certificates.
    synchronized Authority trustd() throws InterruptedException {
        while (trustd.isEmpty()) {
            wait();
        }
        return trustd.values().iterator().next();
    }

    /// Makes the first etcd member.
    ///
    /// @return false when there is one
    synchronized boolean bootstrap() {
        boolean first = !etcd;
        etcd = true;
        notifyAll();
        return first;
    }

    /// Whether etcd has data; it survives a power cut.
    synchronized boolean etcd() {
        return etcd;
    }

    synchronized void awaitEtcd() throws InterruptedException {
        while (!etcd) {
            wait();
        }
    }

    synchronized void apiServer(boolean up) {
        apiServers += up ? 1 : -1;
        notifyAll();
    }

    synchronized void awaitApiServer() throws InterruptedException {
        while (apiServers == 0) {
            wait();
        }
    }

    /// The kubelet has reported.
    synchronized void join(Mac mac, Member member) {
        members.put(mac, member);
    }

    /// The node is silent: its power is off.
    synchronized void lose(Mac mac) {
        trustd.remove(mac);
        members.computeIfPresent(mac, (k, m) -> m.ready(false));
    }

    synchronized List<Member> members() {
        return List.copyOf(members.values());
    }

    /// Whether so many nodes have joined and every one is Ready.
    synchronized boolean allReady(int nodes) {
        return members.size() >= nodes && members.values().stream().allMatch(Member::ready);
    }
}
