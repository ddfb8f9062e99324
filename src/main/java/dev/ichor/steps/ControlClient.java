package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.ProblemException;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Consumer;

/// Talks to the server of a cluster that another process runs on this PC.
public final class ControlClient {
    private final ControlFile at;
    private final OkHttpClient http = new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();

    /// Finds the running server of a cluster.
    ///
    /// @throws ProblemException when none is running
    public ControlClient(ClusterFolder folder) throws IOException {
        this.at = ControlFile.read(folder);
    }

    /// Hands over everything so far and what is to come, until the server ends or this thread is
    /// interrupted.
    public void watch(Consumer<BootEvent> events) throws IOException {
        Request request =
                new Request.Builder()
                        .url("http://127.0.0.1:" + at.port() + "/events")
                        .header("Authorization", "Bearer " + at.token())
                        .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("the running server answered " + response.code());
            }
            var lines = response.body().source();
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                BootLog.parse(line).ifPresent(events);
            }
        } catch (ConnectException e) {
            throw new ProblemException(
                    new dev.ichor.cluster.Problem(
                            "The boot server does not answer any more.",
                            "It has ended.",
                            "Start it again with ichor serve."),
                    e);
        }
    }
}
