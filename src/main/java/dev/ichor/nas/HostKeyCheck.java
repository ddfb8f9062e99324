package dev.ichor.nas;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.function.Predicate;

/// Lets only the pinned host key pass, or asks the owner once when none is pinned.
final class HostKeyCheck implements HostKeyRepository {
    private final @Nullable String pinned;
    private final Predicate<String> accept;
    private String shown = "";
    private int verdict = NOT_INCLUDED;

    HostKeyCheck(@Nullable String pinned, Predicate<String> accept) {
        this.pinned = pinned;
        this.accept = accept;
    }

    /// The fingerprint the NAS has shown, or empty before.
    String shown() {
        return shown;
    }

    @Override
    public int check(String host, byte[] key) {
        String fingerprint = fingerprint(key);
        if (!fingerprint.equals(shown)) { // JSch may ask again; the owner is asked once
            shown = fingerprint;
            verdict = judge(fingerprint);
        }
        return verdict;
    }

    private int judge(String fingerprint) {
        if (pinned != null) {
            return pinned.equals(fingerprint) ? OK : CHANGED;
        }
        return accept.test(fingerprint) ? OK : NOT_INCLUDED;
    }

    /// As OpenSSH prints it: SHA-256 of the key blob, base64 without padding.
    static String fingerprint(byte[] key) {
        byte[] hash = Hashes.sha256().digest(key);
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    }

    @Override
    public void add(HostKey key, @Nullable UserInfo ui) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
        return "Ichor";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return new HostKey[0];
    }
}
