package dev.ichor.nas;

import com.hierynomus.security.AEADBlockCipher;
import com.hierynomus.security.Cipher;
import com.hierynomus.security.DerivationFunction;
import com.hierynomus.security.Mac;
import com.hierynomus.security.MessageDigest;
import com.hierynomus.security.SecurityException;
import com.hierynomus.security.SecurityProvider;
import com.hierynomus.security.bc.BCSecurityProvider;

/// The library's own cryptography, but signing on the JDK's AES, which the CPU does.
final class SmbSecurity implements SecurityProvider {
    private final SecurityProvider rest = new BCSecurityProvider();

    @Override
    public Mac getMac(String name) throws SecurityException {
        return name.equalsIgnoreCase("AESCMAC") ? new AesCmac() : rest.getMac(name);
    }

    @Override
    public MessageDigest getDigest(String name) throws SecurityException {
        return rest.getDigest(name);
    }

    @Override
    public Cipher getCipher(String name) throws SecurityException {
        return rest.getCipher(name);
    }

    @Override
    public AEADBlockCipher getAEADBlockCipher(String name) throws SecurityException {
        return rest.getAEADBlockCipher(name);
    }

    @Override
    public DerivationFunction getDerivationFunction(String name) throws SecurityException {
        return rest.getDerivationFunction(name);
    }
}
