package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.EOFException;
import java.io.IOException;
import java.net.Proxy;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Talks to the server of a cluster that another process runs on this PC.
public final class ControlClient {
    /// The server understands, and says why not.
    private static final int REFUSED = 409;

    private final ControlFile at;
    private final OkHttpClient http =
            new OkHttpClient.Builder().proxy(Proxy.NO_PROXY).readTimeout(Duration.ZERO).build();

    /// Finds the running server of a cluster.
    ///
    /// @throws ProblemException when none is running
    public ControlClient(ClusterFolder folder) throws IOException {
        this.at = ControlFile.read(folder);
    }

    /// Hands over everything so far and what is to come, until the server ends.
    public void watch(Consumer<BootEvent> events) throws IOException {
        try (Response response = call(request("/events").build())) {
            var lines = response.body().source();
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                BootLog.parse(line).ifPresent(events);
            }
        } catch (SocketException | EOFException e) {
            throw gone(e);
        }
    }

    /// Lets one machine have its config.
    public void approve(Mac mac) throws IOException {
        post("/approve?mac=" + mac);
    }

    /// Lets every machine of the plan have its config.
    public void approveAll() throws IOException {
        post("/approve?all");
    }

    /// Lets configs out.
    public void arm() throws IOException {
        post("/arm");
    }

    /// Keeps every config in.
    public void disarm() throws IOException {
        post("/disarm");
    }

    /// Wipes a machine's system disk and installs it again; the owner has confirmed it.
    public void reinstall(Mac mac) throws IOException {
        post("/reinstall?mac=" + mac);
    }

    /// Wipes a machine's system disk; the owner has confirmed it.
    public void wipe(Mac mac) throws IOException {
        post("/wipe?mac=" + mac);
    }

    /// Has a machine start from its disk at its next network boot.
    public void localBoot(Mac mac) throws IOException {
        post("/local-boot?mac=" + mac);
    }

    /// Hands a machine the next boot loader of its kind from now on.
    public void otherLoader(Mac mac) throws IOException {
        post("/other-loader?mac=" + mac);
    }

    /// Chooses the disk of a machine that waits for it.
    ///
    /// @throws ProblemException when the machine has no such disk
    public void chooseDisk(Mac mac, String disk) throws IOException {
        String name = URLEncoder.encode(disk, StandardCharsets.UTF_8);
        post("/disk?mac=" + mac + "&disk=" + name);
    }

    private void post(String path) throws IOException {
        call(request(path).post(RequestBody.EMPTY).build()).close();
    }

    private Request.Builder request(String path) {
        return new Request.Builder()
                .url("http://127.0.0.1:" + at.port() + path)
                .header("Authorization", "Bearer " + at.token());
    }

    private Response call(Request request) throws IOException {
        try {
            Response response = http.newCall(request).execute();
            if (response.isSuccessful()) {
                return response;
            }
            if (response.code() == REFUSED) {
                String why = response.body().string();
                response.close();
                throw new ProblemException(why.strip(), "", "");
            }
            response.close();
            throw gone(new IOException("answered " + response.code()));
        } catch (SocketException | EOFException e) {
            throw gone(e);
        }
    }

    private static ProblemException gone(IOException e) {
        return new ProblemException(
                new Problem(
                        "The boot server of this cluster does not answer.",
                        "It has ended, or another program took its port.",
                        "Start it again with ichor serve."),
                e);
    }
}
