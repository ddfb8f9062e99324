package dev.ichor.netboot.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Option 77. RFC 3004 section 4 wants each class with a length octet in front; iPXE sends its one
/// without.
final class UserClass {
    private UserClass() {}

    static boolean has(Map<Integer, byte[]> options, String name) {
        byte[] v = options.get(DhcpOption.USER_CLASS);
        return v != null && (name.equals(text(v, 0, v.length)) || isListed(v, name));
    }

    private static boolean isListed(byte[] v, String name) {
        for (int i = 0; i < v.length; i += 1 + (v[i] & 0xff)) {
            int length = Math.min(v[i] & 0xff, v.length - i - 1);
            if (name.equals(text(v, i + 1, length))) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] v, int from, int length) {
        return new String(v, from, length, StandardCharsets.ISO_8859_1);
    }
}
