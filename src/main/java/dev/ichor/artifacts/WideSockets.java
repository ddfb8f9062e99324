package dev.ichor.artifacts;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/// Sockets that are read in large pieces. OkHttp asks for 8 KB at a time, and each question to the
/// system costs as much as copying that.
final class WideSockets extends SocketFactory {
    private static final int WIDTH = 1 << 17;

    private static final class Wide extends Socket {
        private @Nullable InputStream in;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new BufferedInputStream(super.getInputStream(), WIDTH);
            }
            return in;
        }
    }

    @Override
    public Socket createSocket() {
        return new Wide();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return connected(
                new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return connected(
                new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    private static Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from)
            throws IOException {
        Socket socket = new Wide();
        socket.bind(from);
        socket.connect(to);
        return socket;
    }
}
