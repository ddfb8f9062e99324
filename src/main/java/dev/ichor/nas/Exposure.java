package dev.ichor.nas;

import com.hierynomus.mssmb2.SMB2Dialect;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.NasTarget.Protocol;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Remote.Readers;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.apache.commons.net.ftp.FTPClient;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whether anybody could read a folder of a NAS: tried with a harmless file before the first secret
/// one goes there.
///
/// @param host of the NAS
/// @param smb port of its SMB
/// @param ftp port of its FTP
/// @param web its HTTP servers
record Exposure(String host, int smb, int ftp, List<URI> web) {
    /// What nobody else may read.
    static final String FOLDER = "generic";

    private static final String TEST = "ichor-test.txt";
    private static final String TEXT = "Ichor tries whether anybody can read this folder.\n";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    static Exposure of(NasTarget target) {
        URI base = URI.create(target.httpBase());
        String host = target.server().isEmpty() ? String.valueOf(base.getHost()) : target.server();
        return new Exposure(
                host,
                target.protocol() == Protocol.SMB ? target.serverPort() : 445,
                target.protocol() == Protocol.FTPS ? target.serverPort() : 21,
                List.of(base, URI.create("http://" + host)));
    }

    /// Shuts the folder for others and looks whether that holds.
    ///
    /// @throws ProblemException when others can read it, or the line is in the clear
    void refuse(NasTarget target, Remote remote) throws ProblemException {
        if (target.protocol() == Protocol.FTP) {
            throw ExposureWords.clear(target);
        }
        String test = FOLDER + "/" + TEST;
        remote.makeParents(test);
        Readers readers = remote.shut(FOLDER);
        if (readers != Readers.OWNER) {
            throw ExposureWords.rights(target, readers);
        }
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        try {
            remote.put(test, new ByteArrayInputStream(text));
            for (String path : tails(target.folder() + "/" + test)) {
                if (guestBySmb(path) || anonymousByFtp(path)) {
                    throw ExposureWords.guest(target, path);
                }
                if (byHttp(path)) {
                    throw ExposureWords.web(target, path);
                }
            }
        } finally {
            remote.discard(test);
        }
    }

    /// The file's path under every root that a service may have.
    private static List<String> tails(String path) {
        List<String> names =
                Arrays.stream(path.split("[/\\\\]+")).filter(n -> !n.isEmpty()).toList();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(String.join("/", names.subList(i, names.size())));
        }
        return all;
    }

    private boolean guestBySmb(String path) {
        int slash = path.indexOf('/');
        if (slash < 0 || !open(smb)) {
            return false;
        }
        String file = path.substring(slash + 1).replace('/', '\\');
        String share = path.substring(0, slash);
        return seen(share, file, AuthenticationContext.guest())
                || seen(share, file, AuthenticationContext.anonymous());
    }

    private boolean seen(String share, String file, AuthenticationContext who) {
        SmbConfig.Builder options =
                SmbConfig.builder()
                        .withTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .withSecurityProvider(new SmbSecurity());
        // Nobody has no session key, from which smbj would derive those of SMB 3.
        if (who.isAnonymous()) {
            options.withDialects(SMB2Dialect.SMB_2_1, SMB2Dialect.SMB_2_0_2);
        }
        SmbConfig config = options.build();
        try (SMBClient client = new SMBClient(config);
                Connection line = client.connect(host, smb);
                Session session = line.authenticate(who)) {
            return session.connectShare(share) instanceof DiskShare disk && disk.fileExists(file);
        } catch (IOException | SMBRuntimeException e) {
            closed("SMB", e);
            return false;
        }
    }

    private boolean anonymousByFtp(String path) {
        FTPClient line = new FTPClient();
        line.setConnectTimeout((int) PATIENCE.toMillis());
        line.setDefaultTimeout((int) PATIENCE.toMillis());
        line.setDataTimeout(PATIENCE);
        try {
            line.connect(host, ftp);
            if (!line.login("anonymous", "guest@example.org")) {
                return false;
            }
            line.enterLocalPassiveMode();
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            return line.retrieveFile("/" + path, got) && got.size() > 0;
        } catch (IOException e) {
            closed("FTP", e);
            return false;
        } finally {
            FtpLogin.drop(line);
        }
    }

    private boolean byHttp(String path) {
        OkHttpClient client =
                new OkHttpClient.Builder().connectTimeout(PATIENCE).readTimeout(PATIENCE).build();
        for (URI base : web) {
            for (String folder : List.of("/", "/assets/")) {
                Request get = new Request.Builder().url(base + folder + path).build();
                try (Response r = client.newCall(get).execute()) {
                    if (r.code() == 200 && r.body().string().contains(TEXT.strip())) {
                        return true;
                    }
                } catch (IOException e) {
                    closed("HTTP", e);
                }
            }
        }
        return false;
    }

    private boolean open(int port) {
        try (Socket s = new Socket()) {
            s.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void closed(String door, Exception e) {
        System.getLogger(Exposure.class.getName())
                .log(System.Logger.Level.DEBUG, "{0} gives nothing: {1}", door, e.getMessage());
    }
}
