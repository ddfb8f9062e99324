package dev.ichor.nas;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.NasTarget.Protocol;
import dev.ichor.cluster.ProblemException;
import dev.ichor.trust.Pin;

import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;

import javax.net.ssl.SSLException;

/// One try to log in by FTP (RFC 959), over TLS (RFC 4217) unless the owner said otherwise.
///
/// @param secret the password; kept for the further connections and wiped when the first one ends
record FtpLogin(NasTarget target, char[] secret, Pin pin) {
    private static final int CONNECT_MS = 10_000;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /// What the owner accepts instead of a certificate.
    private static final String CLEAR = "none: FTP without TLS sends the password in the clear";

    static Nas open(NasTarget target, Access access, Predicate<String> accept)
            throws ProblemException {
        if (!(access instanceof Access.Password password)) {
            throw FtpWords.passwordNeeded(target);
        }
        boolean clear = target.protocol() == Protocol.FTP;
        if (clear && !CLEAR.equals(target.hostKey()) && !accept.test(CLEAR)) {
            throw FtpWords.inTheClear(target);
        }
        Pin pin = new Pin(target.hostKey(), accept);
        FtpLogin login = new FtpLogin(target, password.ask().get(), pin);
        try {
            Remote remote = new FtpRemote(login, login.line());
            return new Nas(target, remote, clear ? CLEAR : pin.shown());
        } catch (ProblemException e) {
            login.forget();
            throw e;
        }
    }

    /// Wipes the password.
    void forget() {
        Arrays.fill(secret, '\0');
    }

    /// A connection, logged in.
    FTPClient line() throws ProblemException {
        FTPClient line =
                target.protocol() == Protocol.FTPS ? FtpsLine.to(pin.trust()) : new FTPClient();
        try {
            line.setConnectTimeout(CONNECT_MS);
            line.setDefaultTimeout((int) SILENCE.toMillis());
            line.setDataTimeout(SILENCE);
            line.setControlEncoding(StandardCharsets.UTF_8.name());
            line.setAutodetectUTF8(true);
            line.connect(target.server(), target.serverPort());
            begin(line);
            return line;
        } catch (ProblemException e) {
            drop(line);
            throw e;
        } catch (IOException e) {
            drop(line);
            throw e instanceof SSLException
                    ? FtpWords.tls(target, pin.shown(), e)
                    : FtpWords.unanswered(target, e);
        }
    }

    private void begin(FTPClient line) throws IOException {
        if (!FTPReply.isPositiveCompletion(line.getReplyCode())) {
            throw FtpWords.refused(target, line.getReplyString());
        }
        if (!line.login(target.user(), new String(secret))) {
            throw FtpWords.refused(target, line.getReplyString());
        }
        if (line instanceof FtpsLine tls) {
            tls.encryptData();
        }
        line.setFileType(FTP.BINARY_FILE_TYPE);
        line.enterLocalPassiveMode();
        line.setListHiddenFiles(true); // a recycle bin may be one
    }

    static void drop(FTPClient line) {
        try {
            line.disconnect();
        } catch (IOException e) {
            System.getLogger(FtpLogin.class.getName())
                    .log(System.Logger.Level.DEBUG, "already gone: {0}", e.getMessage());
        }
    }

    /// Nothing secret.
    @Override
    public String toString() {
        return "FtpLogin[" + target.host() + "]";
    }
}
