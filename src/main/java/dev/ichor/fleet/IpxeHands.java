package dev.ichor.fleet;

import dev.ichor.boot.Stage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// What iPXE scripts do on a pretended machine: really fetch, by HTTP or TFTP.
///
/// @param hardware the machine
/// @param lan its cable
/// @param milestones told when kernel and initramfs are half there
record IpxeHands(Hardware hardware, Lan lan, Milestones milestones) implements IpxeScript.Hands {
    static final String AGENT = "iPXE/2.0.0";

    private static final int BUFFER = 65_536;
    private static final int MEGABYTE = 1_000_000;

    @Override
    public String script(URI uri) throws IOException {
        if (uri.getScheme().equals("tftp")) {
            return text(
                    TftpFetch.get(
                            hardware.ip(),
                            new InetSocketAddress(
                                    dev.ichor.cluster.Ip4.of(uri.getHost()).inet(),
                                    lan.wire().tftp()),
                            uri.getPath(),
                            Persona.ipxe(hardware)));
        }
        try (HttpGet.Reply reply = HttpGet.open(hardware.ip(), uri, AGENT)) {
            if (!reply.ok()) {
                throw new IOException(uri.getPath() + ": " + reply.status());
            }
            return text(reply.all());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void image(URI uri, boolean kernel) throws IOException, InterruptedException {
        try (HttpGet.Reply reply = HttpGet.open(hardware.ip(), release(uri), AGENT)) {
            if (!reply.ok() || reply.length() <= 0) {
                throw new IOException(uri.getPath() + ": " + reply.status());
            }
            long half = reply.length() / 2;
            read(reply.body(), half);
            milestones.reached(kernel ? Stage.KERNEL : Stage.INITRAMFS);
            if (!kernel && lan.plays(hardware, Mishap.DOWNLOAD_CUT)) {
                throw new EOFException("cut off half way");
            }
            read(reply.body(), reply.length() - half);
        }
    }

    private URI release(URI uri) {
        return lan.plays(hardware, Mishap.OLD_RELEASE)
                ? URI.create(uri.toString().replaceFirst("/v[0-9.]+", "/v1.0.0"))
                : uri;
    }

    /// Reads exactly so many bytes, no faster than the cable carries them.
    private void read(InputStream in, long bytes) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException(left + " bytes are missing");
            }
            left -= n;
            carry(n);
        }
    }

    private void carry(int bytes) throws InterruptedException {
        if (!lan.pace().megabyte().isZero()) {
            lan.sleep(lan.pace().megabyte().multipliedBy(bytes).dividedBy(MEGABYTE));
        }
    }

    @Override
    public void wait(int seconds) throws InterruptedException {
        lan.sleep(lan.pace().breath().multipliedBy(Math.max(1, seconds)));
    }
}
