package dev.ichor.nas;

import com.hierynomus.security.Mac;
import com.hierynomus.security.SecurityException;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-CMAC (RFC 4493) as AES-CBC from a zero vector, whose last block is the tag.
final class AesCmac implements Mac {
    private static final int BLOCK = 16;
    private static final int SINK = 1 << 16;

    /// What doubling carries out of the block comes back as this (RFC 4493, `const_Rb`).
    private static final int CARRY = 0x87;

    private final Cipher cbc;
    private final byte[] sink = new byte[SINK];

    /// The newest bytes, never empty once there were some: the last block is treated apart.
    private final byte[] held = new byte[BLOCK];

    private int count;
    private SecretKeySpec key = new SecretKeySpec(new byte[BLOCK], "AES");
    private byte[] whole = new byte[BLOCK];
    private byte[] padded = new byte[BLOCK];

    AesCmac() throws SecurityException {
        try {
            cbc = Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new SecurityException(e);
        }
    }

    @Override
    public void init(byte[] secret) throws SecurityException {
        try {
            key = new SecretKeySpec(secret, 0, BLOCK, "AES");
            reset();
            whole = doubled(cbc.update(new byte[BLOCK]));
            padded = doubled(whole);
            reset();
        } catch (IllegalStateException e) {
            throw new SecurityException(e);
        }
    }

    @Override
    public void update(byte b) {
        update(new byte[] {b}, 0, 1);
    }

    @Override
    public void update(byte[] bytes) {
        update(bytes, 0, bytes.length);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (count == BLOCK) {
                encrypt(held, 0, BLOCK);
                count = 0;
            }
            if (count == 0 && end - at > BLOCK) {
                int n = Math.min(end - at - 1 & -BLOCK, SINK);
                encrypt(bytes, at, n);
                at += n;
            } else {
                int n = Math.min(BLOCK - count, end - at);
                System.arraycopy(bytes, at, held, count, n);
                count += n;
                at += n;
            }
        }
    }

    @Override
    public byte[] doFinal() {
        byte[] last = Arrays.copyOf(Arrays.copyOf(held, count), BLOCK);
        byte[] mask = count == BLOCK ? whole : padded;
        if (count < BLOCK) {
            last[count] = (byte) 0x80;
        }
        for (int i = 0; i < BLOCK; i++) {
            last[i] ^= mask[i];
        }
        byte[] tag = cbc.update(last);
        reset();
        return tag;
    }

    @Override
    public void reset() {
        try {
            cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
            count = 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void encrypt(byte[] bytes, int offset, int length) {
        try {
            cbc.update(bytes, offset, length, sink);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Times x in GF(2^128).
    private static byte[] doubled(byte[] b) {
        byte[] r = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            int next = i + 1 < BLOCK ? b[i + 1] & 0xff : 0;
            r[i] = (byte) (b[i] << 1 | next >>> 7);
        }
        if (b[0] < 0) {
            r[BLOCK - 1] ^= (byte) CARRY;
        }
        return r;
    }
}
