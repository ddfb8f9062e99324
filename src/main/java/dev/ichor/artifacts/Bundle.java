package dev.ichor.artifacts;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/// A signature with all that is needed to check it offline, as `cosign sign-blob --bundle` writes
/// it: in Sigstore's bundle form (0.1 to 0.3), or in cosign's older own form.
///
/// @param signer the certificate of the one who signed
/// @param signature over the file
/// @param entry the log's record of it
@SuppressWarnings("ArrayRecordComponent") // never compared
record Bundle(X509Certificate signer, byte[] signature, LogEntry entry) {
    /// @param logId SHA-256 of the log's key, hex
    /// @param time when it was logged
    /// @param body what was logged, JSON
    /// @param promise the log's signature over all of this, or empty when it has none
    @SuppressWarnings("ArrayRecordComponent")
    record LogEntry(String logId, long index, Instant time, byte[] body, byte[] promise) {}

    /// @throws OddKind when it is of a kind that cannot be judged here
    /// @throws GeneralSecurityException when it is no bundle at all
    static Bundle parse(String json) throws GeneralSecurityException {
        try {
            JsonNode root = new JsonMapper().readTree(json);
            return root.has("base64Signature") ? older(root) : usual(root);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new GeneralSecurityException("it is no signature bundle", e);
        }
    }

    /// An attestation (DSSE) or a bare key instead of a certificate is none of ours.
    private static Bundle usual(JsonNode root) throws GeneralSecurityException {
        JsonNode material = root.path("verificationMaterial");
        if (root.has("dsseEnvelope") || material.has("publicKey")) {
            throw new OddKind();
        }
        JsonNode certificate =
                material.has("certificate")
                        ? material.path("certificate")
                        : material.path("x509CertificateChain").path("certificates").path(0);
        JsonNode log = material.path("tlogEntries").path(0);
        return new Bundle(
                TrustRoot.certificate(bytes(certificate.path("rawBytes"))),
                bytes(root.path("messageSignature").path("signature")),
                new LogEntry(
                        HexFormat.of().formatHex(bytes(log.path("logId").path("keyId"))),
                        number(log.path("logIndex")),
                        Instant.ofEpochSecond(number(log.path("integratedTime"))),
                        bytes(log.path("canonicalizedBody")),
                        bytes(log.path("inclusionPromise").path("signedEntryTimestamp"))));
    }

    private static Bundle older(JsonNode root) throws GeneralSecurityException {
        JsonNode log = root.path("rekorBundle");
        JsonNode payload = log.path("Payload");
        return new Bundle(
                pem(bytes(root.path("cert"))),
                bytes(root.path("base64Signature")),
                new LogEntry(
                        payload.path("logID").asString(""),
                        number(payload.path("logIndex")),
                        Instant.ofEpochSecond(number(payload.path("integratedTime"))),
                        bytes(payload.path("body")),
                        bytes(log.path("SignedEntryTimestamp"))));
    }

    static X509Certificate pem(byte[] text) throws GeneralSecurityException {
        String body =
                new String(text, StandardCharsets.US_ASCII)
                        .replaceFirst("(?s).*?-----BEGIN CERTIFICATE-----", "")
                        .replaceFirst("(?s)-----END CERTIFICATE-----.*", "");
        return TrustRoot.certificate(Base64.getMimeDecoder().decode(body));
    }

    static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asString(""));
    }

    /// Protobuf's JSON writes 64-bit numbers as text.
    private static long number(JsonNode n) {
        return n.isString() ? Long.parseLong(n.asString("")) : n.asLong(0);
    }
}
