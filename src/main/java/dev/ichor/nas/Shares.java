package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;

import java.util.List;

/// The top folders a NAS shows; on a Synology these are the shared folders.
final class Shares {
    private Shares() {}

    /// Sorted names, empty when the NAS does not tell.
    static List<String> of(ChannelSftp sftp) {
        try {
            return sftp.ls("/").stream()
                    .filter(e -> e.getAttrs().isDir())
                    .map(ChannelSftp.LsEntry::getFilename)
                    .filter(n -> !n.startsWith(".") && !n.startsWith("@") && !n.startsWith("#"))
                    .sorted()
                    .toList();
        } catch (SftpException e) {
            return List.of();
        }
    }
}
