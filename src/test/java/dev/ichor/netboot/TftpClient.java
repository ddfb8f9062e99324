package dev.ichor.netboot;

import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// A TFTP client (RFC 1350, 7440) that can be driven packet by packet, and one that loses some.
final class TftpClient implements AutoCloseable {
    private final DatagramSocket socket;
    private final SocketAddress server;
    private @Nullable SocketAddress transfer;

    TftpClient(int port) throws IOException {
        InetAddress us = InetAddress.getByName("127.0.0.1");
        this.socket = new DatagramSocket(new InetSocketAddress(us, 0));
        this.server = new InetSocketAddress(us, port);
        socket.setSoTimeout(20_000);
    }

    /// `blksize`, `512` and so on.
    static ReadRequest read(String name, String... options) {
        return request(name, "octet", options);
    }

    static ReadRequest request(String name, String mode, String... options) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new ReadRequest(name, mode, all);
    }

    /// Asks the port; what comes next is that transfer.
    TftpPacket ask(TftpPacket request) throws IOException {
        transfer = null;
        to(server, request);
        return receive();
    }

    void send(TftpPacket packet) throws IOException {
        to(transfer == null ? server : transfer, packet);
    }

    void to(SocketAddress to, TftpPacket packet) throws IOException {
        byte[] b = packet.encode();
        socket.send(new DatagramPacket(b, b.length, to));
    }

    SocketAddress transfer() {
        return transfer == null ? server : transfer;
    }

    SocketAddress own() {
        return socket.getLocalSocketAddress();
    }

    TftpPacket receive() throws IOException {
        DatagramPacket p = new DatagramPacket(new byte[2000], 2000);
        socket.receive(p);
        transfer = transfer == null ? p.getSocketAddress() : transfer;
        return TftpPacket.parse(Arrays.copyOf(p.getData(), p.getLength())).orElseThrow();
    }

    /// The whole file.
    byte[] fetch(ReadRequest request) throws IOException {
        return fetch(request, () -> false);
    }

    /// The whole file, though packets of both directions get lost where `lost` says so.
    byte[] fetch(ReadRequest request, BooleanSupplier lost) throws IOException {
        socket.setSoTimeout(500);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        TftpPacket last = request;
        int size = 512;
        int window = 1;
        int block = 0;
        int inWindow = 0;
        to(server, request);
        for (int silences = 0; silences < 100; ) {
            TftpPacket p;
            try {
                p = receive();
            } catch (SocketTimeoutException e) {
                silences++;
                last = last instanceof ReadRequest ? last : new Ack(block & 0xffff);
                send(last);
                continue;
            }
            if (lost.getAsBoolean()) {
                continue;
            }
            boolean answer = true;
            boolean end = false;
            switch (p) {
                case Oack(var agreed) -> {
                    size = Integer.parseInt(agreed.getOrDefault("blksize", "512"));
                    window = Integer.parseInt(agreed.getOrDefault("windowsize", "1"));
                }
                case Data(int number, byte[] bytes) -> {
                    if (number == ((block + 1) & 0xffff)) {
                        block++;
                        got.writeBytes(bytes);
                        end = bytes.length < size;
                        answer = end || ++inWindow >= window;
                    }
                }
                default -> throw new IOException("It answers " + p);
            }
            if (answer) {
                inWindow = 0;
                last = new Ack(block & 0xffff);
                if (end || !lost.getAsBoolean()) {
                    send(last);
                }
            }
            if (end) {
                return got.toByteArray();
            }
        }
        throw new IOException("The server is silent.");
    }

    @Override
    public void close() {
        socket.close();
    }
}
