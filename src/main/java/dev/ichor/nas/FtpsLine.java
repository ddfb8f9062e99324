package dev.ichor.nas;

import dev.ichor.trust.LeafTrust;

import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// FTP over TLS whose data connections resume the control connection's session, as vsftpd and
/// others demand (`require_ssl_reuse`). Java finds a session by host and port of the socket below:
/// so those of data connections show the control connection's port.
final class FtpsLine extends FTPSClient {
    /// A session of TLS 1.3 is for one use; of these, one session serves all files.
    private static final String[] VERSIONS = {"TLSv1.2"};

    /// Java asks when a context is made, and knows no other way: without tickets the session has an
    /// identity. vsftpd's tickets are good for 68 years, which Java takes for nonsense and drops.
    private static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";

    private final SSLContext context;

    private FtpsLine(SSLContext context) {
        super(false, context);
        this.context = context;
        setEnabledProtocols(VERSIONS);
    }

    /// Not connected yet.
    ///
    /// @param trust who says whether the server's certificate is good
    static FtpsLine to(LeafTrust trust) {
        if (System.getProperty(TICKETS) == null) {
            System.setProperty(TICKETS, "false");
        }
        return new FtpsLine(trust.context());
    }

    /// Encrypts the data connections.
    void encryptData() throws IOException {
        execPBSZ(0);
        execPROT("P");
        int control = getRemotePort();
        setSocketFactory(
                new DefaultSocketFactory() {
                    @Override
                    public Socket createSocket() {
                        return new DataSocket(control);
                    }
                });
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, String path)
            throws IOException {
        Socket plain = super._openDataConnection_(command, path);
        if (plain == null) {
            return null;
        }
        String host = ((SSLSocket) _socket_).getSession().getPeerHost();
        SSLSocket data =
                (SSLSocket)
                        context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        data.setEnabledProtocols(VERSIONS);
        data.startHandshake();
        return data;
    }

    /// Connected to one port, and shows another.
    private static final class DataSocket extends Socket {
        private final int shown;

        DataSocket(int shown) {
            this.shown = shown;
        }

        @Override
        public int getPort() {
            return shown;
        }
    }
}
