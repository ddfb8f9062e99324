package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/// Bundles whose parts are missing or do not belong together: told in a sentence, never quoted.
class BadBundleTest {
    private static final Path FILE = Path.of("secrets.yaml");
    private static final String GOOD = Vectors.of("sans-v1.13").text("secrets.yaml");
    private static final String OTHER = Vectors.of("basic-v1.9").text("secrets.yaml");

    /// The good bundle with one value of another's.
    private static String mixed(String part, String key) {
        String[] name = {"certs", part, key};
        return GOOD.replace(Yaml.one(GOOD).text(name), Yaml.one(OTHER).text(name));
    }

    private static void assertTold(String bundle, String why) {
        assertThatThrownBy(() -> SecretsFile.parse(bundle, FILE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().why()).isEqualTo(why);
                            assertThat(e.problem().what()).startsWith("secrets.yaml is not");
                            assertThat(e.problem().toString()).doesNotContain("PRIVATE", "LS0t");
                        });
    }

    @ParameterizedTest
    @CsvSource({"os", "k8s", "etcd", "k8saggregator"})
    void a_key_that_is_not_its_certificate_s_is_told(String part) {
        String why = "In line 1: certs.%s.key does not belong to certs.%s.crt.";
        assertTold(mixed(part, "key"), why.formatted(part, part));
    }

    @Test
    void what_is_no_key_and_no_certificate_is_told() {
        String key = Yaml.one(GOOD).text("certs", "os", "key");
        assertTold(
                GOOD.replace(key, "LS0tLS1YCg=="),
                "In line 1: certs.os.key is no private key that Talos knows.");
        String crt = Yaml.one(GOOD).text("certs", "k8s", "crt");
        assertTold(
                GOOD.replace(crt, "LS0tLS1YCg=="), "In line 1: certs.k8s.crt is no certificate.");
    }

    @Test
    void one_key_of_encryption_at_rest_and_not_two() {
        assertTold(
                GOOD.replace(
                        "    secretboxenc", "    aescbcencryptionsecret: eHl6\n    secretboxenc"),
                "In line 1: exactly one of secretboxencryptionsecret and aescbcencryptionsecret"
                        + " must be there.");
    }

    @Test
    void an_old_cluster_s_aescbc_key_is_kept() throws Exception {
        String old = GOOD.replace("secretboxencryptionsecret", "aescbcencryptionsecret");
        assertThat(SecretsFile.yaml(SecretsFile.parse(old, FILE))).isEqualTo(old);
        assertThat(SecretsFile.unknownKeys(old)).isEmpty();
    }

    @Test
    void keys_that_talos_does_not_know_are_named() {
        assertThat(SecretsFile.unknownKeys(GOOD + "mine:\n    note: x\n"))
                .containsExactly("mine.note");
    }
}
