package dev.ichor.nas;

import com.hierynomus.msdtyp.ACL;
import com.hierynomus.msdtyp.SID;
import com.hierynomus.msdtyp.SecurityDescriptor;
import com.hierynomus.msdtyp.SecurityInformation;
import com.hierynomus.msdtyp.ace.ACE;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.DiskShare;

import dev.ichor.nas.Remote.Readers;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The rights on a folder of a share (MS-DTYP 2.4.5).
final class SmbRights {
    /// FILE_LIST_DIRECTORY, GENERIC_ALL, GENERIC_READ (MS-DTYP 2.4.3).
    private static final long MAY_READ = 0x1L | 0x1000_0000L | 0x8000_0000L;

    /// The system itself and its administrators, who may read everything anyway.
    private static final Set<String> SYSTEM = Set.of("S-1-5-18", "S-1-5-32-544");

    /// Creator owner and creator group are no users.
    private static final String CREATOR = "S-1-3-";

    private SmbRights() {}

    static Readers shut(DiskShare share, String folder) {
        SecurityDescriptor now = read(share, folder);
        List<ACE> owners =
                now.getDacl().getAces().stream()
                        .filter(a -> isOwner(a, now.getOwnerSid()))
                        .toList();
        try {
            share.setSecurityInfo(
                    folder,
                    EnumSet.of(SecurityInformation.DACL_SECURITY_INFORMATION),
                    new SecurityDescriptor(
                            EnumSet.of(
                                    SecurityDescriptor.Control.DP, SecurityDescriptor.Control.PD),
                            null,
                            null,
                            null,
                            new ACL(ACL.ACL_REVISION, owners)));
        } catch (SMBRuntimeException e) {
            System.getLogger(SmbRights.class.getName())
                    .log(System.Logger.Level.DEBUG, "rights stay: {0}", e.getMessage());
        }
        SecurityDescriptor then = read(share, folder);
        return then.getDacl().getAces().stream()
                        .anyMatch(a ->
                                !isOwner(a, then.getOwnerSid())
                                        && (a.getAccessMask() & MAY_READ) != 0)
                ? Readers.OTHERS
                : Readers.OWNER;
    }

    private static boolean isOwner(ACE ace, SID owner) {
        String sid = ace.getSid().toString();
        return ace.getSid().equals(owner) || SYSTEM.contains(sid) || sid.startsWith(CREATOR);
    }

    private static SecurityDescriptor read(DiskShare share, String folder) {
        return share.getSecurityInfo(
                folder,
                EnumSet.of(
                        SecurityInformation.OWNER_SECURITY_INFORMATION,
                        SecurityInformation.DACL_SECURITY_INFORMATION));
    }
}
