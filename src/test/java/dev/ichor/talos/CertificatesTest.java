package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

class CertificatesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2035-12-31T03:04:05Z",
        "2039-12-31T23:59:59Z, 2049-12-28T23:59:59Z",
        "2045-06-07T08:09:10Z, 2055-06-05T08:09:10Z"
    })
    void java_reads_the_times_that_were_written_also_after_2049(Instant from, Instant until)
            throws Exception {
        SecureRandom random = new SecureRandom();
        PemPair pair = Certificates.authority("talos", Keys.ed25519(random), from, random);
        X509Certificate read =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(
                                        new ByteArrayInputStream(
                                                pair.crt().getBytes(StandardCharsets.US_ASCII)));
        assertThat(read.getNotBefore()).isEqualTo(from);
        assertThat(read.getNotAfter()).isEqualTo(until);
        Certificates.Facts facts = Certificates.facts(pair.crt());
        assertThat(facts.from()).isEqualTo(from);
        assertThat(facts.until()).isEqualTo(until);
    }
}
