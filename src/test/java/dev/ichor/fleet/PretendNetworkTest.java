package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.NasTarget;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

@Timeout(60)
class PretendNetworkTest {
    private static final Mac S920 = Mac.of("4c:52:62:08:a3:ce");

    private PretendNetwork network;

    @BeforeEach
    void open() throws IOException {
        network = network(4);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void the_articles_four_machines_lie_in_the_drawer() {
        assertThat(network.machines())
                .extracting(m -> m.name() + " " + m.mac())
                .containsExactly(
                        "FUTRO S920 4c:52:62:08:a3:ce",
                        "FUTRO S930 4c:52:62:0b:10:25",
                        "FUTRO S930 4c:52:62:0b:10:4a",
                        "FUTRO S930 4c:52:62:0b:10:6f");
    }

    @Test
    void two_networks_live_side_by_side() throws Exception {
        try (PretendNetwork other = network(4)) {
            assertThat(other.adapter().subnet().network())
                    .isNotEqualTo(network.adapter().subnet().network());
        }
    }

    @Test
    void a_thousand_machines_have_a_thousand_addresses() throws Exception {
        try (PretendNetwork crowd = network(1_000)) {
            assertThat(crowd.machines()).extracting(m -> m.ip()).doesNotHaveDuplicates();
            assertThat(crowd.machines()).extracting(m -> m.mac()).doesNotHaveDuplicates();
            assertThat(crowd.machines())
                    .allMatch(m -> m.ip() != null && crowd.adapter().subnet().contains(m.ip()));
        }
    }

    @Test
    void a_machine_takes_the_routers_lease_when_a_proxy_says_what_to_boot() throws Exception {
        try (DatagramSocket pc = new DatagramSocket(network.dhcpServers().getLast())) {
            network.powerOn(S920);
            DhcpPacket discover = receive(pc, MessageType.DISCOVER);
            assertThat(discover.vendorClass()).isEqualTo("PXEClient:Arch:00000:UNDI:002001");
            assertThat(network.neighbours()).doesNotContainValue(S920);

            byte[] offer = offer(discover, network.adapter().address());
            for (InetSocketAddress client : network.wire().everyone().get()) {
                pc.send(new DatagramPacket(offer, offer.length, client));
            }

            DhcpPacket request = receive(pc, MessageType.REQUEST);
            Ip4 ip = new Ip4(request.requestedIp());
            assertThat(network.machines().getFirst().ip()).isEqualTo(ip);
            until(() -> network.neighbours().containsKey(ip));
            assertThat(network.neighbours()).containsEntry(ip, S920);
        }
    }

    @Test
    void the_nas_takes_files_by_sftp_with_its_password_only() throws Exception {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.start();
            try (ClientSession session = session(client)) {
                session.addPasswordIdentity(new String(network.nasPassword()));
                session.auth().verify(Duration.ofSeconds(20));
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
                sftp.mkdir("/docker/matchbox");
                try (OutputStream out = sftp.write("/docker/matchbox/hello.txt")) {
                    out.write("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                }
                sftp.close();
            }
            Path file = network.nasFolder().resolve("docker/matchbox/hello.txt");
            assertThat(Files.readString(file)).isEqualTo("hello");

            try (ClientSession session = session(client)) {
                session.addPasswordIdentity("wrong");
                assertThatThrownBy(() -> session.auth().verify(Duration.ofSeconds(20)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void the_mirror_serves_parts_of_files_that_match_their_checksums() throws Exception {
        byte[] kernel = get("/v1.13.9/vmlinuz-amd64", "bytes=0-");
        byte[] tail = get("/v1.13.9/vmlinuz-amd64", "bytes=1000-1999");
        String sums = new String(get("/v1.13.9/sha256sum.txt", "none"));

        assertThat(tail).isEqualTo(java.util.Arrays.copyOfRange(kernel, 1_000, 2_000));
        String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(kernel));
        assertThat(sums.lines()).contains(hex + "  vmlinuz-amd64");
    }

    private static PretendNetwork network(int machines) throws IOException {
        return PretendNetwork.start(
                new Script(machines, null, false), Clock.systemUTC(), new SecureRandom());
    }

    private ClientSession session(SshClient client) throws IOException {
        NasTarget nas = network.nas();
        return client.connect(nas.user(), nas.host(), nas.port())
                .verify(Duration.ofSeconds(20))
                .getSession();
    }

    private byte[] get(String path, String range) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(network.mirror() + path))
                            .header("Range", range)
                            .build();
            return client.send(request, BodyHandlers.ofByteArray()).body();
        }
    }

    private static DhcpPacket receive(DatagramSocket socket, MessageType type) throws IOException {
        byte[] buffer = new byte[1_500];
        while (true) {
            DatagramPacket in = new DatagramPacket(buffer, buffer.length);
            socket.receive(in);
            DhcpPacket p =
                    DhcpPacket.parse(ByteBuffer.wrap(buffer, 0, in.getLength())).orElseThrow();
            if (p.messageType().orElseThrow() == type) {
                return p;
            }
        }
    }

    private static byte[] offer(DhcpPacket discover, Ip4 pc) {
        return DhcpBuilder.reply(discover, MessageType.OFFER)
                .siaddr(pc.bits())
                .file("undionly.kpxe")
                .address(DhcpOption.SERVER_ID, pc.bits())
                .option(DhcpOption.VENDOR_CLASS, "PXEClient")
                .build()
                .encode();
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
