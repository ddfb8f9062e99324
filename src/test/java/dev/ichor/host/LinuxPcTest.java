package dev.ichor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.PortOwner.Transport;

import org.junit.jupiter.api.Test;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class LinuxPcTest {
    @Test
    void sockets_and_gateways_are_read_from_proc() {
        String udp =
                """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                  10: 00000000:0043 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2
                  11: 0A4DA8C0:0045 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4712 2
                  12: 0A4DA8C0:C001 0101A8C0:0035 01 00000000:00000000 00:00000000 00000000     0        0 4713 2
                """;
        String tcp6 =
                """
                  sl  local_address                         remote_address                        st
                   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4714 1
                   1: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4715 1
                """;
        String route =
                """
                Iface\tDestination\tGateway\tFlags
                eth0\t00000000\t010200C0\t0003
                eth0\t000200C0\t00000000\t0001
                """;

        assertThat(ProcText.sockets(udp))
                .containsExactly(
                        new ProcText.Socket(Ip4.NONE, 67, 4711),
                        new ProcText.Socket(Ip4.of("192.168.77.10"), 69, 4712));
        assertThat(ProcText.sockets(tcp6))
                .containsExactly(new ProcText.Socket(Ip4.NONE, 8080, 4714));
        assertThat(ProcText.gateways(route)).containsExactly(Ip4.of("192.0.2.1"));
        assertThat(ProcText.sockets("x\n" + "1: zz 07 07 07 0 0 0 0 0 q\n")).isEmpty();
    }

    @Test
    void this_process_is_found_by_its_own_ports() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "skipped: needs Linux");
        long self = ProcessHandle.current().pid();
        InetAddress lo = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket udp = new DatagramSocket(0, lo);
                ServerSocket tcp = new ServerSocket(0, 1, lo)) {
            List<PortOwner> all = new LinuxPc().listeners();
            assertThat(all)
                    .anyMatch(o ->
                            o.keeps(Transport.UDP, udp.getLocalPort(), Ip4.of(lo.getAddress()))
                                    && o.pid() == self
                                    && !o.program().isEmpty())
                    .anyMatch(o ->
                            o.keeps(Transport.TCP, tcp.getLocalPort(), Ip4.of(lo.getAddress()))
                                    && o.pid() == self);
        }
    }

    @Test
    void an_address_keeps_its_port_from_itself_and_from_all_addresses_only() {
        Ip4 ours = Ip4.of("192.168.1.10");
        PortOwner one = new PortOwner(Transport.UDP, 67, ours, 1, "dnsmasq", List.of());
        assertThat(one.keeps(Transport.UDP, 67, ours)).isTrue();
        assertThat(one.keeps(Transport.UDP, 67, Ip4.of("192.168.2.10"))).isFalse();
        assertThat(one.keeps(Transport.UDP, 67, Ip4.NONE)).isTrue();
        assertThat(one.keeps(Transport.TCP, 67, ours)).isFalse();
    }

    @Test
    void the_time_of_a_server_is_taken_from_the_answer_to_our_own_question() {
        Instant asked = Instant.parse("2026-11-25T09:00:00.5Z");
        ByteBuffer answer = ByteBuffer.wrap(Sntp.question(asked));
        long stamp = answer.getLong(40);
        answer.put(0, (byte) (4 << 3 | 4)).put(1, (byte) 3).putLong(24, stamp);
        answer.putInt(40, answer.getInt(40) + 90);

        assertThat(Sntp.time(answer, asked)).contains(Instant.parse("2026-11-25T09:01:30Z"));
        assertThat(Sntp.time(answer, asked.plusMillis(1))).isEmpty();
        assertThat(Sntp.time(answer.duplicate().put(1, (byte) 0), asked)).isEmpty();
        assertThat(Sntp.time(ByteBuffer.allocate(47), asked)).isEmpty();
        assertThat(Sntp.time(answer.put(1, (byte) 1).putInt(40, 100), asked).map(Instant::toString))
                .isEqualTo(Optional.of("2036-02-07T06:29:56Z"));
    }
}
