package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Fetches one file by TFTP as the boot programs do (RFC 1350; options RFC 2347, 2348, 7440).
final class TftpFetch implements AutoCloseable {
    private static final int PACKET = 2_048;
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int TRIES = 6;
    private static final int DEFAULT_BLOCK = 512;
    private static final int NUMBERS = 0x1_0000;

    private final DatagramSocket socket;
    private final byte[] buffer = new byte[PACKET];
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private SocketAddress peer;
    private int blockSize = DEFAULT_BLOCK;
    private int window = 1;
    private int last;
    private int sinceAck;

    private TftpFetch(Ip4 own, InetSocketAddress server) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(own.inet(), 0));
        this.socket.setSoTimeout(TIMEOUT_MILLIS);
        this.peer = server;
    }

    /// The whole file; UEFI first asks for its size and aborts.
    ///
    /// @throws NoSuchFileException when the server says so
    /// @throws IOException when the server refuses or is silent
    static byte[] get(Ip4 own, InetSocketAddress server, String name, Persona as)
            throws IOException {
        if (as == Persona.UEFI_PXE) {
            try (TftpFetch probe = new TftpFetch(own, server)) {
                probe.probe(name, as);
            }
        }
        try (TftpFetch fetch = new TftpFetch(own, server)) {
            return fetch.run(new ReadRequest(name, "octet", as.tftpOptions()));
        }
    }

    /// Asks and does not wait for the answer.
    static void request(Ip4 own, InetSocketAddress server, String name, Persona as)
            throws IOException {
        try (TftpFetch fetch = new TftpFetch(own, server)) {
            fetch.send(new ReadRequest(name, "octet", as.tftpOptions()));
        }
    }

    private void probe(String name, Persona as) throws IOException {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        options.put("tsize", "0");
        options.putAll(as.tftpOptions());
        TftpPacket answer = ask(new ReadRequest(name, "octet", options));
        refuse(answer, name);
        send(new TftpError(ErrorCode.OPTION_REFUSED, "User aborted the transfer"));
    }

    private byte[] run(ReadRequest request) throws IOException {
        TftpPacket packet = ask(request);
        while (true) {
            refuse(packet, request.name());
            Optional<TftpPacket> answer = take(packet);
            if (answer.isPresent() && finished(packet)) {
                send(answer.get());
                return file.toByteArray();
            }
            packet = answer.isPresent() ? ask(answer.get()) : next();
        }
    }

    private boolean finished(TftpPacket packet) {
        return packet instanceof Data d && d.block() == last && d.bytes().length < blockSize;
    }

    /// What has to be answered to this packet, or empty when the window is not full yet.
    private Optional<TftpPacket> take(TftpPacket packet) {
        if (packet instanceof Oack(var options)) {
            blockSize = number(options, "blksize", DEFAULT_BLOCK);
            window = number(options, "windowsize", 1);
            return Optional.of(new Ack(0));
        }
        if (!(packet instanceof Data(int block, byte[] bytes))) {
            return Optional.empty();
        }
        if (block != (last + 1) % NUMBERS) {
            sinceAck = 0;
            return Optional.of(new Ack(last));
        }
        last = block;
        file.writeBytes(bytes);
        sinceAck++;
        if (sinceAck < window && bytes.length == blockSize) {
            return Optional.empty();
        }
        sinceAck = 0;
        return Optional.of(new Ack(last));
    }

    private static int number(SequencedMap<String, String> options, String name, int otherwise) {
        String value = options.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /// Sends, and again after a silence, until something comes.
    private TftpPacket ask(TftpPacket question) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            send(question);
            try {
                return receive();
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
        throw new IOException("TFTP server " + peer + " is silent");
    }

    /// The next packet of the window; a silence is answered with the last block that came.
    private TftpPacket next() throws IOException {
        try {
            return receive();
        } catch (SocketTimeoutException e) {
            sinceAck = 0;
            return ask(new Ack(last));
        }
    }

    private TftpPacket receive() throws IOException {
        while (true) {
            DatagramPacket in = new DatagramPacket(buffer, buffer.length);
            socket.receive(in);
            Optional<TftpPacket> packet =
                    TftpPacket.parse(ByteBuffer.wrap(buffer, 0, in.getLength()));
            if (packet.isPresent()) {
                // The server answers from a port of its own (RFC 1350 section 4).
                peer = in.getSocketAddress();
                return packet.get();
            }
        }
    }

    private void send(TftpPacket packet) throws IOException {
        byte[] bytes = packet.encode();
        socket.send(new DatagramPacket(bytes, bytes.length, peer));
    }

    private static void refuse(TftpPacket packet, String name) throws IOException {
        if (packet instanceof TftpError(ErrorCode code, String message)) {
            throw code == ErrorCode.NOT_FOUND
                    ? new NoSuchFileException(name, null, message)
                    : new IOException("TFTP error " + code + ": " + message);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
