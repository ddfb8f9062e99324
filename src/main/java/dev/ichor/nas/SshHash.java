package dev.ichor.nas;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hashes made by the NAS itself, by openssl, which is several times faster, or sha256sum; where
/// its SSH runs commands and its shell sees the files under the names that SFTP gives them: nothing
/// has to be read back over the line.
final class SshHash {
    private static final System.Logger LOG = System.getLogger(SshHash.class.getName());
    private static final Pattern SAID = Pattern.compile("([0-9]+)\\s+([0-9a-f]{64})\\b.*");

    private final Session session;
    private boolean offered = true;

    SshHash(Session session) {
        this.session = session;
    }

    /// One at a time, so that its channel is the only one beside those that copy (MaxSessions).
    ///
    /// @param path as SFTP names it
    /// @param size the bytes that must be there
    /// @return empty where the NAS does not tell
    synchronized Optional<String> of(String path, long size) {
        if (!offered) {
            return Optional.empty();
        }
        String file = SshCommand.quoted(path);
        String hash = "openssl dgst -sha256 -r < " + file + " || sha256sum < " + file;
        String command = "wc -c < " + file + " && { " + hash + "; }";
        try {
            Matcher said = SAID.matcher(SshCommand.run(session, command).out());
            if (said.matches() && Long.parseLong(said.group(1)) == size) {
                return Optional.of(said.group(2));
            }
            LOG.log(Level.DEBUG, "the NAS tells no hash");
        } catch (IOException | JSchException e) {
            LOG.log(Level.DEBUG, "the NAS runs no command: {0}", e.getMessage());
        }
        offered = false;
        return Optional.empty();
    }
}
