package dev.ichor.talos;

import org.bouncycastle.crypto.generators.SCrypt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encryption with a passphrase in the age format, version 1 (C2SP age.md), so that `age -d` opens
/// what is written here, and the other way round.
public final class Age {
    private static final String LABEL = "age-encryption.org/v1/scrypt";

    /// scrypt's work, as a power of two: 2^17 blocks of 1 KiB, about a second.
    private static final int WORK = 17;

    /// More than this a stranger's file may not ask for: half a GiB of memory.
    private static final int MOST_WORK = 19;

    private static final int CHUNK = 64 * 1024;
    private static final int TAG = 16;
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
    private static final Pattern HEADER =
            Pattern.compile(
                    "age-encryption\\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
                            + "([A-Za-z0-9+/]{43})\n---");

    private Age() {}

    /// The file with this content.
    public static byte[] encrypt(byte[] plain, char[] passphrase, SecureRandom random) {
        byte[] key = bytes(16, random);
        byte[] salt = bytes(16, random);
        byte[] wrapped =
                chacha(Cipher.ENCRYPT_MODE, scrypt(passphrase, salt, WORK), new byte[12], key);
        String header =
                "age-encryption.org/v1\n-> scrypt "
                        + BASE64.encodeToString(salt)
                        + " "
                        + WORK
                        + "\n"
                        + BASE64.encodeToString(wrapped)
                        + "\n---";
        byte[] nonce = bytes(16, random);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii(header + " " + BASE64.encodeToString(mac(key, header)) + "\n"));
        out.writeBytes(nonce);
        byte[] payload = hkdf(key, nonce, "payload");
        for (int i = 0, at = 0; at == 0 || at < plain.length; i++, at += CHUNK) {
            int end = Math.min(plain.length, at + CHUNK);
            byte[] chunk = Arrays.copyOfRange(plain, at, end);
            out.writeBytes(
                    chacha(Cipher.ENCRYPT_MODE, payload, nonce(i, end == plain.length), chunk));
        }
        return out.toByteArray();
    }

    /// The content of a file.
    ///
    /// @throws IllegalArgumentException saying whether it is no such file, damaged, or the
    ///   passphrase wrong
    public static byte[] decrypt(byte[] file, char[] passphrase) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        Matcher m = HEADER.matcher(text);
        if (!m.lookingAt() || Integer.parseInt(m.group(2)) > MOST_WORK) {
            throw new IllegalArgumentException(
                    "it is not a file that age encrypted with a passphrase");
        }
        byte[] salt = Base64.getDecoder().decode(m.group(1));
        byte[] wrapping = scrypt(passphrase, salt, Integer.parseInt(m.group(2)));
        byte[] key =
                open(
                        wrapping,
                        new byte[12],
                        Base64.getDecoder().decode(m.group(3)),
                        "the passphrase is wrong");
        int end = text.indexOf('\n', m.end());
        String mac = BASE64.encodeToString(mac(key, m.group()));
        if (end < 0
                || !MessageDigest.isEqual(ascii(" " + mac), ascii(text.substring(m.end(), end)))) {
            throw damaged();
        }
        return payload(key, ByteBuffer.wrap(file, end + 1, file.length - end - 1));
    }

    private static byte[] payload(byte[] key, ByteBuffer in) {
        byte[] nonce = new byte[16];
        if (in.remaining() < nonce.length + TAG) {
            throw damaged();
        }
        in.get(nonce);
        byte[] payload = hkdf(key, nonce, "payload");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; in.hasRemaining(); i++) {
            byte[] chunk = new byte[Math.min(in.remaining(), CHUNK + TAG)];
            in.get(chunk);
            out.writeBytes(
                    open(payload, nonce(i, !in.hasRemaining()), chunk, "the file is damaged"));
        }
        return out.toByteArray();
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the file is damaged");
    }

    private static byte[] nonce(int counter, boolean last) {
        return ByteBuffer.allocate(12).putInt(7, counter).put(11, (byte) (last ? 1 : 0)).array();
    }

    private static byte[] open(byte[] key, byte[] nonce, byte[] sealed, String otherwise) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed);
        } catch (GeneralSecurityException _) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static byte[] chacha(int mode, byte[] key, byte[] nonce, byte[] data) {
        try {
            return cipher(mode, key, nonce).doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ChaCha20-Poly1305", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher;
    }

    private static byte[] scrypt(char[] passphrase, byte[] salt, int work) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] password = new byte[encoded.remaining()];
        encoded.get(password);
        byte[] salted = ByteBuffer.allocate(44).put(ascii(LABEL)).put(salt).array();
        return SCrypt.generate(password, salted, 1 << work, 8, 1, 32);
    }

    private static byte[] mac(byte[] key, String header) {
        return hmac(hkdf(key, new byte[0], "header"), ascii(header));
    }

    /// RFC 5869 with SHA-256, one block.
    private static byte[] hkdf(byte[] key, byte[] salt, String info) {
        byte[] extracted = hmac(salt.length == 0 ? new byte[32] : salt, key);
        return hmac(extracted, ascii(info + '\1'));
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private static byte[] ascii(String s) {
        return s.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int n, SecureRandom random) {
        byte[] b = new byte[n];
        random.nextBytes(b);
        return b;
    }
}
