package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;

class AgeTest {
    private static final char[] PASSPHRASE = "four gray thin clients".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Types a passphrase at every prompt: age asks the terminal, never its input.
    private static final String TYPIST =
            """
            import os, pty, sys
            pid, fd = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[2], sys.argv[2:])
            try:
                while True:
                    text = os.read(fd, 1000)
                    if not text:
                        break
                    if b"passphrase" in text:
                        os.write(fd, sys.argv[1].encode() + b"\\n")
            except OSError:
                pass
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    private static int age(Object... arguments) throws Exception {
        Object[] all = new Object[arguments.length + 4];
        all[0] = "-c";
        all[1] = TYPIST;
        all[2] = new String(PASSPHRASE);
        all[3] = "age";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return Oracle.run(Path.of("python3"), all).exit();
    }

    private static void needsAge() {
        assumeTrue(
                Oracle.onPath("age") && Oracle.onPath("python3"),
                "skipped: asks the real age, which is not installed");
    }

    private static byte[] plain(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 65536, 65537, 200_000})
    void age_opens_what_is_written_here(int length, @TempDir Path dir) throws Exception {
        needsAge();
        Path file = dir.resolve("x.age");
        Files.write(file, Age.encrypt(plain(length), PASSPHRASE, RANDOM));
        assertThat(age("-d", "-o", dir.resolve("x"), file)).isZero();
        assertThat(dir.resolve("x")).hasBinaryContent(plain(length));
    }

    @Test
    void what_age_writes_is_opened_here(@TempDir Path dir) throws Exception {
        needsAge();
        Path file = Files.write(dir.resolve("x"), plain(70_000));
        assertThat(age("-p", "-o", dir.resolve("x.age"), file)).isZero();
        byte[] sealed = Files.readAllBytes(dir.resolve("x.age"));
        assertThat(Age.decrypt(sealed, PASSPHRASE)).isEqualTo(plain(70_000));
    }

    @Test
    void a_wrong_passphrase_a_damaged_and_another_file_are_told_apart() {
        byte[] sealed = Age.encrypt(plain(100), PASSPHRASE, RANDOM);
        assertThatThrownBy(() -> Age.decrypt(sealed, "wrong".toCharArray()))
                .hasMessage("the passphrase is wrong");
        byte[] cut = java.util.Arrays.copyOf(sealed, sealed.length - 1);
        assertThatThrownBy(() -> Age.decrypt(cut, PASSPHRASE)).hasMessage("the file is damaged");
        byte[] other = "cluster:\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Age.decrypt(other, PASSPHRASE))
                .hasMessage("it is not a file that age encrypted with a passphrase");
    }
}
