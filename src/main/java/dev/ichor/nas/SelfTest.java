package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.SelfTestLine;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/// Asks a NAS what a booting machine asks it: the loaders by TFTP, the scripts and the sizes of
/// kernel and initramfs by HTTP. Changes nothing.
///
/// @param tree what the NAS should serve
/// @param base where its Matchbox answers
/// @param tftpPort of its TFTP service, 69 on a real one
/// @param answers path and query to the text that the built-in server gives
public record SelfTest(BootTree tree, URI base, int tftpPort, Map<String, String> answers) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int TRIES = 3;
    private static final String ASSETS = "assets";
    private static final String LOADERS = "tftp";

    /// A file that no TFTP service may give: it lies beside its root.
    private static final String OUTSIDE = "../generic/x";

    /// Asks everything; a service that does not answer is asked once.
    ///
    /// @throws IOException when the tree cannot be read
    public List<SelfTestLine> run() throws IOException {
        List<SelfTestLine> all = new ArrayList<>();
        SortedSet<String> loaders = tree.list(LOADERS);
        if (!loaders.isEmpty()) {
            tftp(loaders, all);
        }
        http(all);
        return List.copyOf(all);
    }

    private void tftp(SortedSet<String> files, List<SelfTestLine> all) throws IOException {
        try {
            for (String path : files) {
                String name = path.substring(NasBoot.TFTP.length());
                all.add(loader(name, tree.get(path).orElseThrow()));
            }
            all.add(outside());
        } catch (SocketTimeoutException e) {
            all.add(
                    bad(
                            "TFTP on "
                                    + base.getHost()
                                    + " does not answer: switch the NAS's TFTP"
                                    + " service on, with the folder tftp as its root."));
        }
    }

    private SelfTestLine loader(String name, Content wanted) throws IOException {
        byte[] got;
        try {
            got = fetch(name);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return bad("TFTP does not give " + name + ": " + e.getMessage() + ".");
        }
        try (InputStream in = wanted.open()) {
            return Arrays.equals(got, in.readAllBytes())
                    ? good("TFTP gives " + name + ", " + got.length + " bytes.")
                    : bad(
                            "TFTP gives another "
                                    + name
                                    + " than was copied: is its root the folder"
                                    + " tftp that Ichor copied?");
        }
    }

    private SelfTestLine outside() {
        try {
            fetch(OUTSIDE);
            return bad(
                    "TFTP gives files from beside its root: make the folder tftp its root, and"
                            + " nothing above it.");
        } catch (IOException e) {
            return good("TFTP gives nothing from beside its root.");
        }
    }

    /// One file by a new socket for each try: the client asks only once for a file, and a late
    /// answer to an earlier try must not be taken for this one's.
    private byte[] fetch(String name) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return fetchOnce(name);
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("timed out")) {
                    throw e;
                }
                if (i == TRIES) {
                    throw new SocketTimeoutException(e.getMessage());
                }
            }
        }
    }

    private byte[] fetchOnce(String name) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        TFTPClient client = new TFTPClient();
        client.setDefaultTimeout(PATIENCE);
        client.setMaxTimeouts(1);
        client.open();
        try {
            client.receiveFile(
                    name, TFTP.BINARY_MODE, got, InetAddress.getByName(base.getHost()), tftpPort);
            return got.toByteArray();
        } finally {
            client.close();
        }
    }

    private void http(List<SelfTestLine> all) throws IOException {
        OkHttpClient client =
                new OkHttpClient.Builder()
                        .connectTimeout(PATIENCE)
                        .readTimeout(PATIENCE)
                        .retryOnConnectionFailure(false)
                        .build();
        try {
            for (Map.Entry<String, String> e : answers.entrySet()) {
                all.add(script(client, e.getKey(), e.getValue()));
            }
            for (String path : tree.list(ASSETS)) {
                all.add(asset(client, path, tree.get(path).orElseThrow().size()));
            }
        } catch (ConnectException | SocketTimeoutException e) {
            all.add(
                    bad(
                            "Nothing answers at "
                                    + base
                                    + ": start the containers of compose.yaml on"
                                    + " the NAS."));
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }

    private SelfTestLine script(OkHttpClient client, String target, String wanted)
            throws IOException {
        Request get = new Request.Builder().url(base + target).build();
        try (Response r = client.newCall(get).execute()) {
            if (r.code() != 200) {
                return bad(
                        "GET "
                                + target
                                + " answers "
                                + r.code()
                                + ": does Matchbox's container see the folders groups and"
                                + " profiles?");
            }
            return r.body().string().equals(wanted)
                    ? good("GET " + target + " answers as the built-in server does.")
                    : bad(
                            "GET "
                                    + target
                                    + " answers another text than the built-in server: does"
                                    + " Matchbox read the folder that Ichor copied?");
        }
    }

    private SelfTestLine asset(OkHttpClient client, String path, long size) throws IOException {
        Request head = new Request.Builder().url(base + "/" + path).head().build();
        try (Response r = client.newCall(head).execute()) {
            String length = String.valueOf(r.header("Content-Length"));
            return r.code() == 200 && length.equals(Long.toString(size))
                    ? good("HEAD /" + path + ": " + size + " bytes.")
                    : bad(
                            "HEAD /"
                                    + path
                                    + " answers "
                                    + r.code()
                                    + ", length "
                                    + length
                                    + " instead of "
                                    + size
                                    + ".");
        }
    }

    private static SelfTestLine good(String sentence) {
        return new SelfTestLine(true, sentence);
    }

    private static SelfTestLine bad(String sentence) {
        return new SelfTestLine(false, sentence);
    }
}
