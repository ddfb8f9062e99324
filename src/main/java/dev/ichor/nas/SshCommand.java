package dev.ichor.nas;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A command that the NAS's shell runs; it has no input.
final class SshCommand {
    private static final int NO_SHELL = -1;

    private SshCommand() {}

    /// What a command left.
    ///
    /// @param exit its exit code, -1 when no shell ran it
    /// @param out what it wrote, without blanks around it
    record Said(int exit, String out) {}

    /// Waits for its end; ends with the session. The shell itself writes the exit code last: the
    /// protocol's may come after the end of the output, and JSch does not wait for it.
    static Said run(Session session, String command) throws IOException, JSchException {
        ChannelExec exec = (ChannelExec) session.openChannel("exec");
        if (exec == null) {
            throw new JSchException("session is down");
        }
        try {
            exec.setCommand("( " + command + "\n); echo \" $?\"");
            exec.setInputStream(InputStream.nullInputStream());
            InputStream out = exec.getInputStream();
            exec.connect(Login.CONNECT_MS);
            return of(new String(out.readAllBytes(), StandardCharsets.UTF_8).strip());
        } finally {
            exec.disconnect();
        }
    }

    private static Said of(String out) {
        int last = out.lastIndexOf(' ') + 1;
        String exit = out.substring(last);
        return exit.matches("[0-9]{1,3}")
                ? new Said(Integer.parseInt(exit), out.substring(0, last).strip())
                : new Said(NO_SHELL, out);
    }

    /// A word for a POSIX shell.
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
