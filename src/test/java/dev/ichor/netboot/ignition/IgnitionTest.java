package dev.ichor.netboot.ignition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/// Expected texts are what `ignition/v2` v2.18.0 wrote for the same input.
class IgnitionTest {
    private static final String HEAD =
            "{\"ignition\":{\"config\":{\"replace\":{\"verification\":{}}},\"proxy\":{},"
                    + "\"security\":{\"tls\":{}},\"timeouts\":{},\"version\":\"";

    private static final String EMPTY =
            HEAD + "\"},\"kernelArguments\":{},\"passwd\":{},\"storage\":{},\"systemd\":{}}";

    private static Ignition rewritten(String text) {
        return Ignition.rewrite(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Ignition with(String version, String rest) {
        return rewritten("{\"ignition\":{\"version\":\"" + version + "\"}" + rest + "}");
    }

    @Test
    void an_older_config_is_written_anew_with_all_its_empty_objects() {
        assertThat(
                        with("3.0.0", ",\"storage\":{\"files\":[{\"path\":\"/a\",\"mode\":2541}]}")
                                .json())
                .isEqualTo(
                        HEAD
                                + "3.4.0\"},\"kernelArguments\":{},\"passwd\":{},\"storage\":{"
                                + "\"files\":[{\"group\":{},\"path\":\"/a\",\"user\":{},"
                                + "\"contents\":{\"verification\":{}},\"mode\":493}]},\"systemd\":{}}");
    }

    @Test
    void html_is_escaped_as_Go_does() {
        assertThat(with("3.4.0", ",\"passwd\":{\"users\":[{\"name\":\"<&>\u2028é\"}]}").json())
                .contains("[{\"name\":\"\\u003c\\u0026\\u003e\\u2028é\"}]");
    }

    @Test
    void fields_a_specification_does_not_know_are_left_out() {
        assertThat(with("3.2.0", ",\"kernelArguments\":{\"shouldExist\":[\"a\"]}").json())
                .contains("\"kernelArguments\":{}");
        assertThat(with("3.3.0", ",\"kernelArguments\":{\"shouldExist\":[\"a\"]}").json())
                .contains("\"kernelArguments\":{\"shouldExist\":[\"a\"]}");
    }

    @Test
    void keys_are_read_in_any_case_and_twice_into_the_same_object() {
        assertThat(
                        with(
                                        "3.4.0",
                                        ",\"PASSWD\":{\"users\":[{\"name\":\"a\",\"uid\":1}]}"
                                                + ",\"passwd\":{\"users\":[{\"name\":\"b\"}]}")
                                .json())
                .contains("\"users\":[{\"name\":\"b\",\"uid\":1}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{",
                "[]",
                "{}",
                "null",
                "\ufeff{\"ignition\":{\"version\":\"3.4.0\"}}",
                "{\"ignition\":{\"version\":\"3.4.0\"}} {}",
                "{\"ignition\":{\"version\":\"2.2.0\"}}",
                "{\"ignition\":{\"version\":\"3.5.0\"}}",
                "{\"ignition\":{\"version\":3}}"
            })
    void what_cannot_be_read_is_an_empty_config_and_told(String text) {
        Ignition got = rewritten(text);
        assertThat(got.json()).isEqualTo(EMPTY);
        assertThat(got.trouble()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"storage\":{\"files\":[{\"path\":\"a\"}]}",
                "\"storage\":{\"files\":[{\"path\":\"/a/\"}]}",
                "\"storage\":{\"files\":[{\"path\":\"/a\",\"mode\":4096}]}",
                "\"storage\":{\"files\":[{\"path\":\"/a\"},{\"path\":\"/a\"}]}",
                "\"storage\":{\"files\":[{\"path\":\"/a\"}],\"links\":[{\"path\":\"/a\",\"target\":\"/b\"}]}",
                "\"storage\":{\"files\":[{\"path\":\"/a\",\"contents\":{\"source\":\"ftp://h\"}}]}",
                "\"storage\":{\"files\":[{\"path\":\"/a\",\"contents\":{\"source\":\"data:;base64,a\"}}]}",
                "\"storage\":{\"disks\":[{\"device\":\"/d\",\"partitions\":[{}]}]}",
                "\"storage\":{\"filesystems\":[{\"device\":\"/d\",\"format\":\"ntfs\"}]}",
                "\"storage\":{\"raid\":[{\"name\":\"r\",\"level\":\"raid9\",\"devices\":[\"/d\"]}]}",
                "\"systemd\":{\"units\":[{\"name\":\"a\"}]}",
                "\"systemd\":{\"units\":[{\"name\":\"a.service\",\"contents\":\"[A\"}]}",
                "\"passwd\":{\"users\":[{\"uid\":1.0}]}"
            })
    void what_Ignition_refuses_is_an_empty_config(String part) {
        assertThat(with("3.4.0", "," + part).json()).isEqualTo(EMPTY);
    }
}
