package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP GET from a machine's own address (RFC 9112), as plain as iPXE's.
final class HttpGet {
    /// The boot server may hold a request for a config for 80 s.
    private static final int TIMEOUT_MILLIS = 120_000;

    private static final int HTTP = 80;
    private static final int LONGEST_HEAD = 16_384;
    private static final int OK = 200;

    private HttpGet() {}

    /// An answer whose body is still to be read.
    ///
    /// @param status for instance 200
    /// @param length of the body in bytes, −1 when it ends with the connection
    record Reply(int status, long length, InputStream body, Socket socket)
            implements AutoCloseable {
        boolean ok() {
            return status == OK;
        }

        /// The whole body.
        ///
        /// @throws EOFException when it ended early
        byte[] all() throws IOException {
            byte[] bytes =
                    length < 0 ? body.readAllBytes() : body.readNBytes(Math.toIntExact(length));
            if (bytes.length < length) {
                throw new EOFException(bytes.length + " of " + length + " bytes came");
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// Sends the request and reads the answer's head.
    ///
    /// @param agent what the client calls itself
    static Reply open(Ip4 own, URI uri, String agent) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.bind(new InetSocketAddress(own.inet(), 0));
            int port = uri.getPort() < 0 ? HTTP : uri.getPort();
            socket.connect(new InetSocketAddress(Ip4.of(uri.getHost()).inet(), port));
            socket.getOutputStream().write(request(uri, agent));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return reply(head(in), in, socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static byte[] request(URI uri, String agent) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return """
        GET %s HTTP/1.1\r
        Host: %s\r
        User-Agent: %s\r
        Connection: close\r
        \r
        """
                .formatted(uri.getRawPath() + query, uri.getRawAuthority(), agent)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int tail = 0;
        while (tail != 0x0d0a_0d0a) {
            int b = in.read();
            if (b < 0 || head.size() > LONGEST_HEAD) {
                throw new EOFException("no HTTP answer");
            }
            head.write(b);
            tail = tail << 8 | b;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static Reply reply(String head, InputStream in, Socket socket) throws IOException {
        String[] lines = head.split("\r\n");
        String[] status = lines[0].split(" ");
        if (status.length < 2 || !status[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("not HTTP: " + lines[0]);
        }
        long length = -1;
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return new Reply(Integer.parseInt(status[1]), length, in, socket);
    }
}
