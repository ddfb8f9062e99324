package dev.ichor.artifacts;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Whether a certificate was logged in public when it was made (RFC 6962 section 3).
final class CertificateLog {
    /// The extension that holds the logs' signed timestamps (RFC 6962 section 3.3).
    private static final String TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2";

    private static final int EXTENSIONS_TAG = 3; // RFC 5280 section 4.1
    private static final int LOG_ID = 32;

    private CertificateLog() {}

    /// Whether one of the logs has signed for it.
    static boolean holds(X509Certificate leaf, X509Certificate issuer, List<TrustRoot.Log> logs)
            throws GeneralSecurityException {
        byte[] extension = leaf.getExtensionValue(TIMESTAMPS);
        if (extension == null) {
            return false;
        }
        try {
            byte[] outer = ASN1OctetString.getInstance(extension).getOctets();
            ByteBuffer list = ByteBuffer.wrap(ASN1OctetString.getInstance(outer).getOctets());
            list.getShort(); // length of the list
            while (list.hasRemaining()) {
                if (isGood(bytes(list, list.getShort() & 0xffff), leaf, issuer, logs)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
            throw new GeneralSecurityException("the certificate's log record is damaged", e);
        }
    }

    private static boolean isGood(
            byte[] timestamp,
            X509Certificate leaf,
            X509Certificate issuer,
            List<TrustRoot.Log> logs)
            throws GeneralSecurityException, IOException {
        ByteBuffer in = ByteBuffer.wrap(timestamp);
        byte version = in.get();
        String id = HexFormat.of().formatHex(bytes(in, LOG_ID));
        long millis = in.getLong();
        byte[] extensions = bytes(in, in.getShort() & 0xffff);
        in.getShort(); // hash and signature algorithm: the key tells
        byte[] signature = bytes(in, in.getShort() & 0xffff);
        Optional<TrustRoot.Log> log = TrustRoot.find(logs, id, Instant.ofEpochMilli(millis));
        if (log.isEmpty() || version != 0) {
            return false;
        }
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(log.get().key());
        check.update(signed(millis, leaf, issuer, extensions));
        return check.verify(signature);
    }

    /// What a log signs of a certificate that is not complete yet (RFC 6962 section 3.2).
    static byte[] signed(
            long millis, X509Certificate leaf, X509Certificate issuer, byte[] extensions)
            throws GeneralSecurityException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(0); // version 1, certificate timestamp
        out.writeLong(millis);
        out.writeShort(1); // a certificate before its timestamps
        out.write(Sums.sha256().digest(issuer.getPublicKey().getEncoded()));
        byte[] body = withoutTimestamps(leaf.getTBSCertificate());
        out.writeByte(body.length >> 16);
        out.writeShort(body.length);
        out.write(body);
        out.writeShort(extensions.length);
        out.write(extensions);
        return bytes.toByteArray();
    }

    private static byte[] withoutTimestamps(byte[] body) throws IOException {
        ASN1EncodableVector kept = new ASN1EncodableVector();
        for (var part : ASN1Sequence.getInstance(body)) {
            boolean extensions =
                    part instanceof ASN1TaggedObject t && t.getTagNo() == EXTENSIONS_TAG;
            kept.add(extensions ? fewer((ASN1TaggedObject) part) : part);
        }
        return new DERSequence(kept).getEncoded(ASN1Encoding.DER);
    }

    private static DERTaggedObject fewer(ASN1TaggedObject extensions) {
        ASN1EncodableVector kept = new ASN1EncodableVector();
        for (var e : ASN1Sequence.getInstance(extensions, true)) {
            ASN1Primitive name = ASN1Sequence.getInstance(e).getObjectAt(0).toASN1Primitive();
            if (!name.equals(new ASN1ObjectIdentifier(TIMESTAMPS))) {
                kept.add(e);
            }
        }
        return new DERTaggedObject(true, EXTENSIONS_TAG, new DERSequence(kept));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
