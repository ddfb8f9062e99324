package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;

/// Opens channels for files.
final class SftpChannel {
    private static final long FAR_NANOS = 2_000_000;
    private static final int FEW = 16;
    private static final int MANY = 256;

    private SftpChannel() {}

    static ChannelSftp open(Session session) throws JSchException {
        ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
        if (sftp == null) { // JSch's way to say that the session ended just now
            throw new JSchException("session is down");
        }
        sftp.connect(Login.CONNECT_MS);
        return tuned(sftp);
    }

    /// With more requests under way at once where answers take their time; on a short line fewer
    /// are a little faster.
    private static ChannelSftp tuned(ChannelSftp sftp) throws JSchException {
        long start = System.nanoTime();
        try {
            sftp.realpath(".");
        } catch (SftpException e) {
            return sftp; // no home folder; it answered all the same
        }
        sftp.setBulkRequests(System.nanoTime() - start > FAR_NANOS ? MANY : FEW);
        return sftp;
    }
}
