package dev.ichor.nas;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What the NAS asks while it lets us in (RFC 4256): the password and the one-time code, each given
/// once, so that a wrong one is not tried again.
final class Answers implements UserInfo, UIKeyboardInteractive, AutoCloseable {
    private static final Pattern CODE =
            Pattern.compile("one.?time|otp|code|token|verif|factor|faktor");
    private static final Pattern PASSWORD = Pattern.compile("passw|kennwort");

    private final char[] password;
    private final Supplier<String> code;
    private boolean passwordGiven;
    private boolean codeAsked;
    private boolean codeMissing;

    /// @param password wiped at the end; empty where there is none
    Answers(char[] password, Supplier<String> code) {
        this.password = password;
        this.code = code;
    }

    /// Whether a one-time code was wanted and not given.
    boolean codeMissing() {
        return codeMissing;
    }

    @Override
    public String @Nullable [] promptKeyboardInteractive(
            String to, String name, String instruction, String[] prompts, boolean[] echo) {
        String[] answers = new String[prompts.length];
        for (int i = 0; i < prompts.length; i++) {
            String answer = answer(prompts[i].toLowerCase(Locale.ROOT), prompts.length);
            if (answer.isEmpty()) {
                return null;
            }
            answers[i] = answer;
        }
        return answers;
    }

    /// Empty where there is none. A lone question for the password JSch has answered already.
    private String answer(String question, int questions) {
        if (PASSWORD.matcher(question).find() && !CODE.matcher(question).find()) {
            boolean again = passwordGiven || questions == 1 && question.contains("password:");
            passwordGiven = true;
            return again ? "" : new String(password);
        }
        String given = codeAsked ? "" : code.get();
        codeMissing = !codeAsked && given.isEmpty();
        codeAsked = true;
        return given;
    }

    @Override
    public @Nullable String getPassphrase() {
        return null;
    }

    @Override
    public @Nullable String getPassword() {
        return null;
    }

    @Override
    public boolean promptPassword(String message) {
        return false;
    }

    @Override
    public boolean promptPassphrase(String message) {
        return false;
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {}

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }
}
