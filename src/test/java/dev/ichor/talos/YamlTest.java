package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class YamlTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiter = '|',
            value = {
                "off|\"off\"",
                "true|\"true\"",
                "12|\"12\"",
                "1e5|\"1e5\"",
                "123456.1234567890123456|\"123456.1234567890123456\"",
                "2026-11-22|\"2026-11-22\"",
                "1:20|\"1:20\"",
                ">= 8GB|'>= 8GB'",
                "*SSD*|'*SSD*'",
                "it's|it's",
                "'it|'''it'",
                "a: b|'a: b'",
                "a #b|'a #b'",
                "- x|'- x'",
                "::1|::1",
                "fd00:1::60|fd00:1::60",
                "https://h:6443|https://h:6443",
                "zqn8sn.jl3wur1udj7f2uus|zqn8sn.jl3wur1udj7f2uus"
            })
    void text_is_quoted_where_go_yaml_quotes_it(String text, String written) {
        String yaml = Yaml.write(List.of(Fields.of("k", text).map()));
        assertThat(yaml).isEqualTo("k: " + written + "\n");
        assertThat(Yaml.one(yaml).text("k")).isEqualTo(text);
    }
}
