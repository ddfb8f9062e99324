package dev.ichor.artifacts;

import dev.ichor.artifacts.Bundle.LogEntry;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/// What a signature log (Rekor) vouches for.
final class SignatureLog {
    private SignatureLog() {}

    /// Whether the log has promised to hold this entry at this time. It signs the entry in
    /// canonical JSON: keys in order, no blanks (Rekor, `LogEntryAnon`).
    static boolean promised(TrustRoot.Log log, LogEntry e) throws GeneralSecurityException {
        String signed =
                "{\"body\":\""
                        + Base64.getEncoder().encodeToString(e.body())
                        + "\",\"integratedTime\":"
                        + e.time().getEpochSecond()
                        + ",\"logID\":\""
                        + e.logId()
                        + "\",\"logIndex\":"
                        + e.index()
                        + "}";
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(log.key());
        check.update(signed.getBytes(StandardCharsets.UTF_8));
        return check.verify(e.promise());
    }

    /// The SHA-256 of the file that was signed, when the entry is of this signature and signer.
    ///
    /// @throws OddKind when the entry is of a kind that cannot be judged here
    /// @throws GeneralSecurityException when it is of another
    static String digest(Bundle b) throws GeneralSecurityException {
        try {
            JsonNode body = new JsonMapper().readTree(b.entry().body());
            JsonNode spec = body.path("spec");
            if (!body.path("kind").asString("").equals("hashedrekord")
                    || !body.path("apiVersion").asString("").equals("0.0.1")
                    || !spec.at("/data/hash/algorithm").asString("").equals("sha256")) {
                throw new OddKind();
            }
            byte[] signature = Bundle.bytes(spec.at("/signature/content"));
            byte[] pem = Bundle.bytes(spec.at("/signature/publicKey/content"));
            if (!Arrays.equals(signature, b.signature()) || !Bundle.pem(pem).equals(b.signer())) {
                throw new GeneralSecurityException("its log entry is of another signature");
            }
            String digest = spec.at("/data/hash/value").asString("");
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new GeneralSecurityException("its log entry names no checksum");
            }
            return digest;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new GeneralSecurityException("its log entry cannot be read", e);
        }
    }
}
