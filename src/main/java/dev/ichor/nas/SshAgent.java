package dev.ichor.nas;

import com.jcraft.jsch.AgentConnector;
import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.WindowsSSHAgentConnector;

import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.function.Function;

/// The program that holds the owner's SSH keys.
///
/// @param at its Unix socket, or its named pipe on Windows; empty where there is none
public record SshAgent(String at) {
    private static final String PIPES = "\\\\.\\pipe\\";
    private static final String OPENSSH = PIPES + "openssh-ssh-agent";

    /// The one of this session.
    public static SshAgent ofThisPc() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return of(System::getenv, windows);
    }

    /// OpenSSH's variable; on Windows its agent is a service with a pipe of its own, and the
    /// variable may name a socket that only another shell's programs understand.
    static SshAgent of(Function<String, @Nullable String> environment, boolean windows) {
        String named = environment.apply("SSH_AUTH_SOCK");
        if (windows) {
            return new SshAgent(named != null && named.startsWith(PIPES) ? named : OPENSSH);
        }
        return new SshAgent(named == null ? "" : named);
    }

    /// Its keys; signing is left to it.
    ///
    /// @throws ProblemException when it does not answer, or holds none
    IdentityRepository keys() throws ProblemException {
        try {
            IdentityRepository keys = new AgentIdentityRepository(connector());
            if (at.isEmpty() || keys.getStatus() != IdentityRepository.RUNNING) {
                throw KeyWords.noAgent(at);
            }
            if (keys.getIdentities().isEmpty()) {
                throw KeyWords.emptyAgent();
            }
            return keys;
        } catch (AgentProxyException e) {
            throw KeyWords.noAgent(at);
        }
    }

    private AgentConnector connector() throws AgentProxyException {
        return at.startsWith(PIPES)
                ? new WindowsSSHAgentConnector(at)
                : new SSHAgentConnector(Path.of(at));
    }
}
