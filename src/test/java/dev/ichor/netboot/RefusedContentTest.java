package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ichor.boot.Content;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// What is never handed out, whatever the file is called. The "keys" here are none.
class RefusedContentTest {
    private static final String KEY = "-----BEGIN %sPRIVATE KEY-----\nbm9uZQ==\n";

    @TempDir Path temp;

    private static boolean refused(String text) throws IOException {
        return Secrets.refusal(new Content.Text(text)).isPresent();
    }

    private static String packed(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private boolean refusedFile(String text) throws IOException {
        Path file = Files.writeString(temp.resolve("page.html"), text);
        return Secrets.refusal(Content.File.at(file)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RSA ", "EC ", "ED25519 ", "ENCRYPTED ", "OPENSSH ", "ANY "})
    void private_keys_of_every_label_are_refused_plain_and_packed(String label) throws IOException {
        String pem = KEY.formatted(label);
        assertThat(refused(pem)).isTrue();
        assertThat(refused("certs:\n  os:\n    key: " + packed(pem) + "\n")).isTrue();
        assertThat(refused("{\"key\":\"" + packed("\n" + pem) + "\"}")).isTrue();
        assertThat(refused("{\"key\":\"" + packed("\r\n" + pem) + "\"}")).isTrue();
    }

    @Test
    void a_key_deep_in_a_large_text_is_found_across_pieces() throws IOException {
        String pem = KEY.formatted("");
        String line = "nothing to see in this line\n";
        for (int before : new int[] {(1 << 20) - 20, (1 << 20) - 4, (3 << 20) - 15000, 5 << 20}) {
            String start = line.repeat(before / line.length() + 1).substring(0, before);
            assertThat(refusedFile(start + pem + line)).as("at " + before).isTrue();
            assertThat(refusedFile(start + line)).as("none at " + before).isFalse();
        }
    }

    @Test
    void of_a_large_binary_only_the_head_is_looked_at() throws IOException {
        assertThat(refusedFile("MZ\0" + KEY.formatted(""))).isTrue();
        assertThat(refusedFile("MZ\0" + "x".repeat(2 << 20) + KEY.formatted(""))).isFalse();
    }

    @Test
    void a_machine_config_in_JSON_is_one_too() throws IOException {
        Content json = new Content.Text("{\"version\":\"v1alpha1\",\"machine\":{\"token\":\"t\"}}");
        assertThat(Secrets.machineConfig(json)).isTrue();
        assertThat(Secrets.tftpRefusal(json)).isPresent();
    }

    @Test
    void certificates_and_scripts_are_handed_out() throws IOException {
        assertThat(refused("-----BEGIN CERTIFICATE-----\nbm9uZQ==\n")).isFalse();
        assertThat(refused(packed("-----BEGIN CERTIFICATE-----\n"))).isFalse();
        assertThat(refused("#!ipxe\nboot\n")).isFalse();
    }
}
