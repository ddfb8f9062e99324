package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;

class HashingAheadTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 5_000_000})
    void gives_what_it_reads_and_the_hash_of_it(int size) throws Exception {
        byte[] all = new byte[size];
        new Random(size).nextBytes(all);
        try (HashingAhead in = new HashingAhead(new ByteArrayInputStream(all))) {
            assertThat(in.readAllBytes()).isEqualTo(all);
            assertThat(in.read()).isEqualTo(-1);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all);
            assertThat(in.sha256()).isEqualTo(HexFormat.of().formatHex(hash));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3_000_000})
    void what_cannot_be_read_is_told_where_it_would_have_come(int before) throws Exception {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("bad sector");
                    }
                };
        InputStream in =
                new SequenceInputStream(new ByteArrayInputStream(new byte[before]), broken);
        try (HashingAhead ahead = new HashingAhead(in)) {
            assertThatThrownBy(ahead::readAllBytes).hasMessage("bad sector");
            assertThatThrownBy(ahead::sha256).isInstanceOf(IllegalStateException.class);
        }
    }
}
