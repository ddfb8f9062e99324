package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.artifacts.PretendSigstore.Wish;
import dev.ichor.artifacts.Signatures.Doubtful;
import dev.ichor.artifacts.Signatures.Signed;
import dev.ichor.artifacts.Signatures.Wrong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class SignaturesTest {
    private static final byte[] FILE = "kernel".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "other".getBytes(StandardCharsets.UTF_8);

    private PretendSigstore sigstore;

    @BeforeEach
    void make() throws Exception {
        sigstore = new PretendSigstore();
    }

    @Test
    void a_bundle_of_talos_makers_proves_the_files_checksum() throws Exception {
        assertThat(check(sigstore.bundle(FILE, Wish.SIDERO)))
                .isEqualTo(new Signed(Releases.sha256(FILE), "joe@siderolabs.com"));
    }

    @Test
    void cosigns_older_form_is_read_too() throws Exception {
        assertThat(check(sigstore.olderBundle(FILE, Wish.SIDERO)))
                .isEqualTo(new Signed(Releases.sha256(FILE), "joe@siderolabs.com"));
    }

    @Test
    void somebody_else_is_named() throws Exception {
        Wish eve = new Wish("joe@siderolabs.com.evil.org", issuer(), PretendSigstore.NOW, true);

        assertThat(check(sigstore.bundle(FILE, eve)))
                .isEqualTo(
                        new Doubtful(
                                "It is signed by joe@siderolabs.com.evil.org"
                                        + " (https://accounts.google.com), not by Talos' makers."));
    }

    @Test
    void the_right_name_checked_by_somebody_else_does_not_count() throws Exception {
        Wish eve = new Wish("joe@siderolabs.com", "https://evil.org", PretendSigstore.NOW, true);

        assertThat(check(sigstore.bundle(FILE, eve))).isInstanceOf(Doubtful.class);
    }

    @Test
    void a_signature_of_another_file_is_wrong() throws Exception {
        String bundle = sigstore.bundle(FILE, Wish.SIDERO);
        String other = sigstore.bundle(OTHER, Wish.SIDERO);

        String mixed =
                bundle.replace(
                        field(bundle, "\"signature\": \""), field(other, "\"signature\": \""));

        assertThat(check(mixed))
                .isEqualTo(
                        new Wrong("It cannot be checked: its log entry is of another signature."));
    }

    @Test
    void an_entry_the_log_did_not_sign_is_wrong() throws Exception {
        String bundle = sigstore.bundle(FILE, Wish.SIDERO).replace("\"42\"", "\"43\"");

        assertThat(check(bundle)).isEqualTo(new Wrong("The signature log did not sign its entry."));
    }

    @Test
    void a_certificate_that_was_not_valid_then_is_wrong() throws Exception {
        Wish late =
                new Wish(
                        "joe@siderolabs.com",
                        issuer(),
                        PretendSigstore.NOW.plus(Duration.ofHours(1)),
                        true);

        assertThat(check(sigstore.bundle(FILE, late)))
                .isEqualTo(
                        new Wrong("Its certificate is not from Sigstore, or was not valid then."));
    }

    @Test
    void a_certificate_that_was_not_logged_is_wrong() throws Exception {
        Wish secret = new Wish("joe@siderolabs.com", issuer(), PretendSigstore.NOW, false);

        assertThat(check(sigstore.bundle(FILE, secret)))
                .isEqualTo(new Wrong("Its certificate was not logged in public."));
    }

    @Test
    void another_sigstores_bundle_is_doubtful() throws Exception {
        String bundle = new PretendSigstore().bundle(FILE, Wish.SIDERO);

        assertThat(check(bundle))
                .isEqualTo(new Doubtful("Its signature is of a kind this Ichor cannot check."));
    }

    @Test
    void a_key_an_entry_and_an_envelope_of_other_kinds_are_doubtful_and_not_wrong()
            throws Exception {
        Doubtful odd = new Doubtful("Its signature is of a kind this Ichor cannot check.");
        String bundle = sigstore.bundle(FILE, Wish.SIDERO);
        assertThat(check(bundle.replace("\"messageSignature\"", "\"dsseEnvelope\"")))
                .isEqualTo(odd);
        assertThat(check(bundle.replace("\"certificate\": {", "\"publicKey\": {"))).isEqualTo(odd);
        sigstore.entryKind = "dsse";
        assertThat(check(sigstore.bundle(FILE, Wish.SIDERO))).isEqualTo(odd);
        sigstore.entryKind = "hashedrekord";
        sigstore.signerKey = "RSA";
        assertThat(check(sigstore.bundle(FILE, Wish.SIDERO))).isEqualTo(odd);
    }

    @Test
    void nonsense_is_wrong() {
        assertThat(check("{}")).isInstanceOf(Wrong.class);
        assertThat(check("hello"))
                .isEqualTo(new Wrong("It cannot be checked: it is no signature bundle."));
    }

    @Test
    void the_shipped_keys_can_be_read() {
        assertThat(TrustRoot.shipped().authorities()).hasSize(2);
        // Rekor's ID as its own API tells it.
        assertThat(TrustRoot.shipped().signatureLogs().getFirst().id())
                .isEqualTo("c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d");
    }

    private Signatures.Verdict check(String bundle) {
        return sigstore.signatures().check(bundle);
    }

    private static String issuer() {
        return Wish.SIDERO.issuer();
    }

    private static String field(String json, String begin) {
        int at = json.indexOf(begin) + begin.length();
        return json.substring(at, json.indexOf('"', at));
    }
}
