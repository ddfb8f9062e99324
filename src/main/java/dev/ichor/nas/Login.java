package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
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
        try {
            Session session = session();
            try {
                session.connect(CONNECT_MS);
                Remote remote = new SftpRemote(session, channel(session), target.folder());
                return new Nas(target, remote, check.shown());
            } catch (JSchException | ProblemException e) {
                session.disconnect();
                throw e;
            }
        } catch (JSchException e) {
            throw LoginWords.of(e, target, check.shown());
        }
    }

    /// Not yet connected.
    Session session() throws JSchException {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(check);
        Session session = jsch.getSession(target.user(), target.host(), target.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("MaxAuthTries", "1"); // a NAS locks us out after a few wrong ones
        session.setServerAliveInterval(ALIVE_MS);
        session.setServerAliveCountMax(ALIVE_COUNT);
        session.setDaemonThread(true);
        switch (access) {
            case Access.Password p -> {
                session.setConfig("PreferredAuthentications", "password,keyboard-interactive");
                setPassword(session, p.ask().get());
            }
            case Access.KeyFile k -> {
                session.setConfig("PreferredAuthentications", "publickey");
                jsch.addIdentity(k.privateKey().toString());
            }
        }
        return session;
    }

    private static void setPassword(Session session, char[] password) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes);
        session.setPassword(bytes); // JSch keeps a copy and wipes it after the log-in
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(utf8.array(), (byte) 0);
        Arrays.fill(password, '\0');
    }

    private ChannelSftp channel(Session session) throws ProblemException {
        try {
            return SftpChannel.open(session);
        } catch (JSchException e) {
            throw LoginWords.noSftp(target, e);
        }
    }
}
