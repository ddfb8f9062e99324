package dev.ichor.nas;

import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.protocol.commons.socket.ProxySocketFactory;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One try to log in by SMB 2 or 3: signed, by NTLMv2, as nobody's guest.
final class SmbLogin {
    private static final int TIMEOUT_S = 30;

    private SmbLogin() {}

    static SmbRemote open(NasTarget target, Access access) throws ProblemException {
        List<String> names =
                Stream.of(target.folder().split("[/\\\\]+")).filter(n -> !n.isEmpty()).toList();
        if (names.isEmpty()) {
            throw SmbWords.noShareNamed();
        }
        if (!(access instanceof Access.Password password)) {
            throw SmbWords.passwordNeeded(target);
        }
        char[] secret = password.ask().get();
        try {
            return open(target, secret, names);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /// Signed; encrypted, which is slower, where the NAS demands it. That is no second try of the
    /// password: it was not looked at.
    private static SmbRemote open(NasTarget target, char[] secret, List<String> names)
            throws ProblemException {
        try {
            return open(target, secret, names, false);
        } catch (ProblemException e) {
            if (e.getCause() instanceof SMBApiException api
                    && api.getStatus() == NtStatus.STATUS_ACCESS_DENIED) {
                return open(target, secret, names, true);
            }
            throw e;
        }
    }

    private static SmbRemote open(
            NasTarget target, char[] secret, List<String> names, boolean encrypted)
            throws ProblemException {
        SMBClient client = new SMBClient(config(encrypted));
        try {
            Session session = session(connection(client, target), target, secret);
            DiskShare share = share(session, target, names.getFirst());
            return new SmbRemote(client, share, String.join("/", names.subList(1, names.size())));
        } catch (ProblemException e) {
            client.close();
            throw e;
        }
    }

    private static SmbConfig config(boolean encrypted) {
        return SmbConfig.builder()
                .withSigningRequired(true)
                .withEncryptData(encrypted)
                .withSecurityProvider(new SmbSecurity())
                .withSocketFactory(new AtOnce())
                .withBufferSize(SmbBlocks.CHUNK)
                .withTimeout(TIMEOUT_S, TimeUnit.SECONDS)
                .build();
    }

    /// Sockets that send each question when it is asked. The library leaves Nagle's algorithm on
    /// (RFC 896), by which a small one waits for the answer to the one before.
    private static final class AtOnce extends ProxySocketFactory {
        @Override
        public Socket createSocket(String host, int port) throws IOException {
            Socket socket = super.createSocket(host, port);
            socket.setTcpNoDelay(true);
            return socket;
        }
    }

    private static DiskShare share(Session session, NasTarget target, String share)
            throws ProblemException {
        try {
            if (session.connectShare(share) instanceof DiskShare disk) {
                return disk;
            }
            throw SmbWords.noShare(target, share, null);
        } catch (SMBRuntimeException e) {
            throw SmbWords.noShare(target, share, e);
        }
    }

    private static Connection connection(SMBClient client, NasTarget target)
            throws ProblemException {
        try {
            return client.connect(target.server(), target.serverPort());
        } catch (IOException | SMBRuntimeException e) {
            throw SmbWords.unanswered(target, e);
        }
    }

    private static Session session(Connection connection, NasTarget target, char[] secret)
            throws ProblemException {
        try {
            Session session =
                    connection.authenticate(new AuthenticationContext(target.user(), secret, ""));
            if (session.isGuest() || session.isAnonymous()) {
                throw SmbWords.guest(target);
            }
            return session;
        } catch (SMBApiException e) {
            throw SmbWords.refused(target, e);
        } catch (SMBRuntimeException e) {
            throw SmbWords.unsigned(target, e);
        }
    }
}
