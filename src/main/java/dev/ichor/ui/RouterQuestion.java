package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Router;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Asks for a UniFi console and its key, which is not kept, and fetches the machines that it sees.
final class RouterQuestion implements Router.Ask {
    private static final int HTTPS = 443;

    private final Overlay overlay;
    private final String secret;

    private RouterQuestion(Overlay overlay, String secret) {
        this.overlay = overlay;
        this.secret = secret;
    }

    /// Fetches the machines that the console sees.
    ///
    /// @param near a node of the window
    /// @param found hears of the machines, on any thread
    /// @param wrong tells what went wrong
    static void clients(Node near, Consumer<List<Machine>> found, Notice wrong) {
        ask(
                near,
                "router",
                (at, asks) ->
                        Thread.ofVirtual()
                                .name("router")
                                .start(() -> fetch(at, asks, found, wrong)),
                () -> {});
    }

    /// Asks for the console and its key.
    ///
    /// @param near a node of the window
    /// @param why begins the keys of title, words and verb
    /// @param then hears the answer, on the screen's thread
    /// @param never when there is none
    static void ask(Node near, String why, BiConsumer<Router.At, Router.Ask> then, Runnable never) {
        Overlay.above(near).ifPresentOrElse(o -> ask(o, why, then, never), never);
    }

    private static void ask(
            Overlay overlay, String why, BiConsumer<Router.At, Router.Ask> then, Runnable never) {
        TextField host = new TextField();
        host.setId("router-host");
        host.setPromptText("192.168.1.1");
        TextField user = new TextField();
        user.setId("router-user");
        PasswordField secret = new PasswordField();
        secret.setId("router-secret");
        VBox fields =
                Parts.stack(
                        Parts.field("router.host", host),
                        Parts.field("router.user", user),
                        Parts.field("router.secret", secret));
        overlay.ask(
                new Overlay.Question(
                        text(why + ".title"),
                        text(why + ".words"),
                        fields,
                        why + ".verb",
                        () ->
                                then.accept(
                                        at(host.getText().strip(), user.getText().strip()),
                                        new RouterQuestion(overlay, secret.getText())),
                        never));
        Platform.runLater(host::requestFocus);
    }

    /// `host` or `host:port`.
    static Router.At at(String host, String user) {
        int colon = host.lastIndexOf(':');
        String port = host.substring(colon + 1);
        return colon > 0 && port.matches("[0-9]{1,4}|[1-6][0-9]{4}")
                ? new Router.At(host.substring(0, colon), Integer.parseInt(port), "default", user)
                : new Router.At(host, HTTPS, "default", user);
    }

    private static void fetch(
            Router.At at, Router.Ask asks, Consumer<List<Machine>> found, Notice wrong) {
        Optional<Problem> trouble = Optional.empty();
        try {
            found.accept(Router.clients(at, asks));
        } catch (ProblemException e) {
            trouble = Optional.of(e.problem());
        } catch (IOException | IllegalArgumentException e) { // no host name, or no port
            trouble = Optional.of(new Problem(text("router.failed", at.host()), "", ""));
        } catch (InterruptedException e) {
            return;
        }
        List<Problem> said = trouble.stream().toList();
        Platform.runLater(() -> wrong.problems(Notice.Kind.WARNING, said));
    }

    @Override
    public String secret(Router.At console) {
        return secret;
    }

    @Override
    public boolean accept(Router.At console, String fingerprint) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Platform.runLater(() ->
                overlay.ask(
                        new Overlay.Question(
                                text("router.certificate", console.host()),
                                text("router.certificate.words"),
                                Questions.key(fingerprint),
                                "key.verb",
                                () -> answer.complete(true),
                                () -> answer.complete(false))));
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            return false;
        }
    }
}
