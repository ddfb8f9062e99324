package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.FutureTask;
import java.util.function.IntPredicate;

/// The sender against a client that loses packets on purpose.
@Timeout(120)
class TransferTest {
    private static final Transfer.Watch UNSEEN =
            new Transfer.Watch() {
                @Override
                public void begun() {}

                @Override
                public void progress(long done) {}
            };

    @Test
    void a_file_arrives_whole_whatever_gets_lost() {
        Gen.check(
                12,
                gen -> {
                    byte[] file = gen.bytes(gen.between(0, 40_000));
                    Map<String, String> options =
                            Map.of(
                                    "blksize", String.valueOf(gen.between(8, 1500)),
                                    "windowsize", String.valueOf(gen.between(1, 70)));
                    assertThat(fetch(file, options, n -> gen.oneIn(20))).isEqualTo(file);
                });
    }

    @Test
    void block_numbers_go_on_after_65535() throws Exception {
        byte[] file = new byte[8 * 65_540 + 3];
        Arrays.fill(file, 8 * 65_530, file.length, (byte) 7);
        assertThat(fetch(file, Map.of("blksize", "8", "windowsize", "64"), n -> false))
                .isEqualTo(file);
    }

    @Test
    void a_full_last_block_is_followed_by_an_empty_one() throws Exception {
        byte[] file = new byte[1024];
        assertThat(fetch(file, Map.of(), n -> false)).isEqualTo(file);
    }

    @Test
    void firmware_that_only_wants_the_size_is_no_failure() throws Exception {
        try (DatagramSocket client = socket();
                DatagramSocket server = socket()) {
            server.connect(client.getLocalSocketAddress());
            FutureTask<Transfer.End> end = start(server, new byte[100], Map.of("tsize", "0"));
            assertThat(receive(client)).isEqualTo(new Oack(map(Map.of("tsize", "100"))));
            send(client, server, new TftpError(ErrorCode.OPTION_REFUSED, "User aborted"));
            assertThat(end.get()).isEqualTo(new Transfer.End.SizeProbe());
        }
    }

    @Test
    void only_what_was_asked_is_agreed_to_within_our_limits() {
        SequencedMap<String, String> asked = new LinkedHashMap<>();
        asked.put("tsize", "0");
        asked.put("blksize", "65464");
        asked.put("windowsize", "200");
        asked.put("multicast", "");
        assertThat(TftpOptions.of(new ReadRequest("a", "octet", asked), 9).agreed())
                .containsExactly(
                        Map.entry("tsize", "9"),
                        Map.entry("blksize", "1468"),
                        Map.entry("windowsize", "64"));
    }

    /// A client after RFC 7440 that drops what `lost` says, of both directions.
    private static byte[] fetch(byte[] file, Map<String, String> options, IntPredicate lost)
            throws Exception {
        try (DatagramSocket client = socket();
                DatagramSocket server = socket()) {
            server.connect(client.getLocalSocketAddress());
            FutureTask<Transfer.End> end = start(server, file, options);
            byte[] got = receiveAll(client, server, options, lost);
            assertThat(end.get()).isEqualTo(new Transfer.End.Complete());
            return got;
        }
    }

    private static byte[] receiveAll(
            DatagramSocket client,
            DatagramSocket server,
            Map<String, String> options,
            IntPredicate lost)
            throws IOException {
        ReadRequest asked = new ReadRequest("a", "octet", map(options));
        TftpOptions agreed = TftpOptions.of(asked, 0);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int block = 0;
        int inWindow = 0;
        for (int n = 0; ; n++) {
            TftpPacket p;
            try {
                p = receive(client);
            } catch (SocketTimeoutException e) {
                send(client, server, new Ack(block & 0xffff));
                continue;
            }
            if (lost.test(n)) {
                continue;
            }
            boolean answer = p instanceof Oack;
            if (p instanceof Data d) {
                boolean next = d.block() == ((block + 1) & 0xffff);
                if (next) {
                    block++;
                    got.writeBytes(d.bytes());
                    inWindow++;
                }
                boolean last = next && d.bytes().length < agreed.block();
                answer = !next || last || inWindow >= agreed.window();
                if (last) {
                    send(client, server, new Ack(block & 0xffff));
                    return got.toByteArray();
                }
            }
            if (answer) {
                inWindow = 0;
                if (!lost.test(n)) {
                    send(client, server, new Ack(block & 0xffff));
                }
            }
        }
    }

    private static FutureTask<Transfer.End> start(
            DatagramSocket socket, byte[] file, Map<String, String> options) {
        ReadRequest r = new ReadRequest("a", "octet", map(options));
        Transfer transfer =
                new Transfer(socket, new TftpFile.Held(file), TftpOptions.of(r, file.length));
        FutureTask<Transfer.End> task = new FutureTask<>(() -> transfer.run(UNSEEN));
        Thread.ofVirtual().start(task);
        return task;
    }

    private static SequencedMap<String, String> map(Map<String, String> options) {
        return new LinkedHashMap<>(options);
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket s =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        s.setSoTimeout(2_000);
        return s;
    }

    private static TftpPacket receive(DatagramSocket s) throws IOException {
        DatagramPacket p = new DatagramPacket(new byte[2000], 2000);
        s.receive(p);
        return TftpPacket.parse(Arrays.copyOf(p.getData(), p.getLength())).orElseThrow();
    }

    private static void send(DatagramSocket from, DatagramSocket to, TftpPacket packet)
            throws IOException {
        byte[] b = packet.encode();
        from.send(new DatagramPacket(b, b.length, to.getLocalSocketAddress()));
    }
}
