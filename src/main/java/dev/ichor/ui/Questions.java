package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.Owner;

import javafx.application.Platform;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The questions that a step has while it works, asked in the window. The worker waits for the
/// answer; when it is interrupted the question goes away.
final class Questions implements Owner {
    private final Overlay overlay;

    Questions(Overlay overlay) {
        this.overlay = overlay;
    }

    @Override
    public char[] password(NasTarget target) {
        CompletableFuture<char[]> answer = new CompletableFuture<>();
        return wait(answer, () -> passwordQuestion(target, answer), new char[0]);
    }

    @Override
    public String oneTimeCode(NasTarget target) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        return wait(
                answer,
                () -> {
                    TextField field = new TextField();
                    field.setId("one-time-code");
                    field.setAccessibleText(text("code.field"));
                    field.setPromptText(text("code.field"));
                    return new Overlay.Question(
                            text("code.title", target.user(), target.server()),
                            text("code.words"),
                            field,
                            "password.verb",
                            () -> answer.complete(field.getText().strip()),
                            () -> answer.complete(""));
                },
                "");
    }

    @Override
    public boolean accept(NasTarget target, String hostKey) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        return wait(
                answer,
                () ->
                        new Overlay.Question(
                                text("key.title", target.host()),
                                text("key.words"),
                                key(hostKey),
                                "key.verb",
                                () -> answer.complete(true),
                                () -> answer.complete(false)),
                false);
    }

    @Override
    public char[] passphrase(Path clusterFolder) {
        CompletableFuture<char[]> answer = new CompletableFuture<>();
        return wait(
                answer,
                () -> {
                    PasswordField field = hidden("passphrase", "passphrase.field");
                    return new Overlay.Question(
                            text("passphrase.title", clusterFolder.getFileName()),
                            text("passphrase.words"),
                            field,
                            "passphrase.verb",
                            () -> answer.complete(field.getText().toCharArray()),
                            () -> answer.complete(new char[0]));
                },
                new char[0]);
    }

    @Override
    public char[] keyPassphrase(Path privateKey) {
        CompletableFuture<char[]> answer = new CompletableFuture<>();
        return wait(
                answer,
                () -> {
                    PasswordField field = hidden("key-passphrase", "passphrase.field");
                    return new Overlay.Question(
                            text("passphrase.title", privateKey.getFileName()),
                            text("passphrase.key.words"),
                            field,
                            "password.verb",
                            () -> answer.complete(field.getText().toCharArray()),
                            () -> answer.complete(new char[0]));
                },
                new char[0]);
    }

    @Override
    public boolean acceptUnverified(Problem why) {
        String words =
                Words.said(why.what())
                        + " "
                        + Words.said(why.why())
                        + " "
                        + text("unverified.words");
        return agrees(text("unverified.title"), words, "unverified.verb");
    }

    @Override
    public boolean searchLarge(Problem why) {
        return agrees(
                text("large.title"),
                Words.said(why.what()) + " " + Words.said(why.why()),
                "large.verb");
    }

    private boolean agrees(String title, String words, String verb) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        return wait(
                answer,
                () ->
                        new Overlay.Question(
                                title,
                                words,
                                null,
                                verb,
                                () -> answer.complete(true),
                                () -> answer.complete(false)),
                false);
    }

    private static PasswordField hidden(String id, String words) {
        PasswordField field = new PasswordField();
        field.setId(id);
        field.setAccessibleText(text(words));
        field.setPromptText(text(words));
        return field;
    }

    private static Overlay.Question passwordQuestion(
            NasTarget target, CompletableFuture<char[]> answer) {
        PasswordField field = hidden("password", "password.field");
        return new Overlay.Question(
                text("password.title", target.user(), target.host()),
                text("password.words"),
                field,
                "password.verb",
                () -> answer.complete(field.getText().toCharArray()),
                () -> answer.complete(new char[0]));
    }

    static TextField key(String hostKey) {
        TextField field = new TextField(hostKey);
        field.setId("host-key");
        field.setEditable(false);
        field.setFocusTraversable(false);
        field.setAccessibleText(text("key.field"));
        field.getStyleClass().addAll("mono", "copy-field");
        return field;
    }

    private <T> T wait(
            CompletableFuture<T> answer,
            java.util.function.Supplier<Overlay.Question> question,
            T otherwise) {
        CompletableFuture<Overlay.Question> asked = new CompletableFuture<>();
        Platform.runLater(() -> {
            Overlay.Question q = question.get();
            asked.complete(q);
            overlay.ask(q);
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Platform.runLater(() -> overlay.withdraw(asked.join()));
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        }
    }
}
