package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One try to log in by SFTP.
record Login(NasTarget target, Access access, HostKeyCheck check) {
    static final int CONNECT_MS = 10_000;

    /// A silent NAS is given up after three missed answers.
    private static final int ALIVE_MS = 10_000;

    private static final int ALIVE_COUNT = 3;

    Nas open() throws ProblemException {
        Session session = session();
        try {
            Remote remote = new SftpRemote(session, channel(session), target.folder());
            return new Nas(target, remote, check.shown());
        } catch (ProblemException e) {
            session.disconnect();
            throw e;
        }
    }

    /// Logged in.
    Session session() throws ProblemException {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(check);
        char[] password = access instanceof Access.Password p ? p.ask().get() : new char[0];
        try (Answers answers = new Answers(password, access.code())) {
            Session session = jsch.getSession(target.user(), target.host(), target.port());
            prepare(session);
            identify(jsch, session, password);
            session.setUserInfo(answers);
            connect(session, answers);
            return session;
        } catch (JSchException e) {
            throw LoginWords.of(e, target, check.shown());
        }
    }

    private static void prepare(Session session) throws JSchException {
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("MaxAuthTries", "1"); // a NAS locks us out after a few wrong ones
        session.setServerAliveInterval(ALIVE_MS);
        session.setServerAliveCountMax(ALIVE_COUNT);
        session.setDaemonThread(true);
    }

    private void identify(JSch jsch, Session session, char[] password)
            throws JSchException, ProblemException {
        String first = access instanceof Access.Password ? "password" : "publickey";
        session.setConfig("PreferredAuthentications", first + ",keyboard-interactive");
        switch (access) {
            case Access.Password _ -> {
                byte[] bytes = utf8(password);
                session.setPassword(bytes); // JSch keeps a copy and wipes it after the log-in
                Arrays.fill(bytes, (byte) 0);
            }
            case Access.KeyFile k -> unlock(jsch, k);
            case Access.Agent a -> jsch.setIdentityRepository(a.agent().keys());
        }
    }

    private static void unlock(JSch jsch, Access.KeyFile key)
            throws JSchException, ProblemException {
        String file = key.privateKey().toString();
        try {
            jsch.addIdentity(file);
        } catch (JSchException e) {
            throw KeyWords.unreadable(file);
        }
        Identity identity = jsch.getIdentityRepository().getIdentities().getFirst();
        if (identity.isEncrypted()) {
            char[] passphrase = key.passphrase().get();
            byte[] bytes = utf8(passphrase);
            Arrays.fill(passphrase, '\0');
            boolean opened = identity.setPassphrase(bytes);
            Arrays.fill(bytes, (byte) 0);
            if (!opened) {
                throw KeyWords.passphrase(file);
            }
        }
    }

    private void connect(Session session, Answers answers) throws JSchException, ProblemException {
        try {
            session.connect(CONNECT_MS);
        } catch (JSchException e) {
            if (answers.codeMissing()) {
                throw KeyWords.codeWanted(target);
            }
            throw e;
        }
    }

    private static byte[] utf8(char[] secret) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes);
        Arrays.fill(utf8.array(), (byte) 0);
        return bytes;
    }

    private ChannelSftp channel(Session session) throws ProblemException {
        try {
            return SftpChannel.open(session);
        } catch (JSchException e) {
            throw LoginWords.noSftp(target, e);
        }
    }
}
