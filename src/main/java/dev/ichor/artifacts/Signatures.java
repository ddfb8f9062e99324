package dev.ichor.artifacts;

import dev.ichor.artifacts.Bundle.LogEntry;
import dev.ichor.artifacts.TrustRoot.Authority;

import org.bouncycastle.asn1.ASN1OctetString;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks Sigstore bundles offline, with keys that came with the program: the certificate's chain
/// at the time of signing, its public logging, the signature log's promise, the signature itself,
/// and who signed.
///
/// What it does not do: RFC 3161 timestamps (Rekor 2), inclusion proofs where there is a promise,
/// attestations (DSSE), RSA keys. A bundle it cannot judge is doubtful, never good.
///
/// @param issuer who has checked the signer's identity
/// @param signer the signer's name
record Signatures(TrustRoot root, String issuer, Pattern signer) {
    /// Who Talos' makers say they sign as (Talos documentation, "Verifying image signatures").
    private static final Pattern SIDERO =
            Pattern.compile(
                    "[^@\\s]+@siderolabs\\.com"
                            + "|releasemgr-svc@talos-production\\.iam\\.gserviceaccount\\.com");

    private static final String GOOGLE = "https://accounts.google.com";

    /// Fulcio's extension that names the issuer, plain text (fulcio, oid-info.md).
    private static final String ISSUER_TEXT = "1.3.6.1.4.1.57264.1.1";

    private static final String ODD = "Its signature is of a kind this Ichor cannot check.";
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    static Signatures shipped() {
        return new Signatures(TrustRoot.shipped(), GOOGLE, SIDERO);
    }

    /// What a bundle proves.
    sealed interface Verdict {}

    /// The file with this SHA-256 is from whom it should be.
    record Signed(String sha256, String by) implements Verdict {}

    /// It proves nothing that helps; `why` is a sentence.
    record Doubtful(String why) implements Verdict {}

    /// It is forged or damaged; `why` is a sentence.
    record Wrong(String why) implements Verdict {}

    /// @param json the bundle
    Verdict check(String json) {
        try {
            Bundle bundle = Bundle.parse(json);
            LogEntry entry = bundle.entry();
            Optional<TrustRoot.Log> log =
                    TrustRoot.find(root.signatureLogs(), entry.logId(), entry.time());
            if (log.isEmpty()
                    || entry.promise().length == 0
                    || !(bundle.signer().getPublicKey() instanceof ECPublicKey)) {
                return new Doubtful(ODD);
            }
            if (!SignatureLog.promised(log.get(), entry)) {
                return new Wrong("The signature log did not sign its entry.");
            }
            return logged(bundle);
        } catch (OddKind e) {
            return new Doubtful(ODD);
        } catch (GeneralSecurityException e) {
            return new Wrong("It cannot be checked: " + e.getMessage() + ".");
        }
    }

    /// The time of signing is known now.
    private Verdict logged(Bundle b) throws GeneralSecurityException {
        Optional<X509Certificate> authority = authority(b);
        if (authority.isEmpty()) {
            return new Wrong("Its certificate is not from Sigstore, or was not valid then.");
        }
        if (!CertificateLog.holds(b.signer(), authority.get(), root.certificateLogs())) {
            return new Wrong("Its certificate was not logged in public.");
        }
        String digest = SignatureLog.digest(b);
        Signature check = Signature.getInstance("NONEwithECDSA");
        check.initVerify(b.signer());
        check.update(HexFormat.of().parseHex(digest));
        if (!check.verify(b.signature())) {
            return new Wrong("It does not fit the file it names.");
        }
        return identity(b.signer(), digest);
    }

    private Verdict identity(X509Certificate by, String digest) throws CertificateParsingException {
        List<String> names = names(by);
        String issued = issuerOf(by);
        boolean right =
                issued.equals(issuer) && names.stream().anyMatch(n -> signer.matcher(n).matches());
        return right
                ? new Signed(digest, names.getFirst())
                : new Doubtful(
                        "It is signed by "
                                + String.join(", ", names)
                                + " ("
                                + issued
                                + "), not by Talos' makers.");
    }

    /// The authority that issued the signer's certificate, valid at the time of signing.
    private Optional<X509Certificate> authority(Bundle b) throws GeneralSecurityException {
        for (Authority a : root.authoritiesAt(b.entry().time()).toList()) {
            if (isChain(b, a)) {
                return Optional.of(a.chain().getFirst());
            }
        }
        return Optional.empty();
    }

    private static boolean isChain(Bundle b, Authority a) throws GeneralSecurityException {
        List<String> usages = b.signer().getExtendedKeyUsage();
        if (usages == null || !usages.contains(CODE_SIGNING)) {
            return false;
        }
        List<X509Certificate> path = new ArrayList<>(List.of(b.signer()));
        path.addAll(a.chain().subList(0, a.chain().size() - 1));
        PKIXParameters how = new PKIXParameters(Set.of(new TrustAnchor(a.chain().getLast(), null)));
        how.setRevocationEnabled(false); // certificates live ten minutes
        how.setDate(Date.from(b.entry().time()));
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), how);
            return true;
        } catch (java.security.cert.CertPathValidatorException e) {
            return false;
        }
    }

    /// E-mail addresses and URIs (RFC 5280 section 4.2.1.6: rfc822Name 1, URI 6).
    private static List<String> names(X509Certificate c) throws CertificateParsingException {
        Collection<List<?>> all = c.getSubjectAlternativeNames();
        return all == null
                ? List.of("nobody")
                : all.stream()
                        .filter(n -> n.get(0).equals(1) || n.get(0).equals(6))
                        .map(n -> String.valueOf(n.get(1)))
                        .toList();
    }

    private static String issuerOf(X509Certificate c) {
        byte[] text = c.getExtensionValue(ISSUER_TEXT);
        return text == null
                ? ""
                : new String(ASN1OctetString.getInstance(text).getOctets(), StandardCharsets.UTF_8);
    }
}
