package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

/// IDs are those of the Image Factory's own tests (image-factory, pkg/schematic).
class SchematicTest {
    @Test
    void the_plain_one_has_the_id_everybody_knows() {
        assertThat(Schematic.PLAIN.yaml()).isEqualTo("customization: {}\n");
        assertThat(Schematic.PLAIN.id())
                .isEqualTo("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba");
    }

    @Test
    void kernel_arguments_have_the_id_the_factory_gives_them() {
        Schematic s = new Schematic(List.of(), List.of("noapic", "nolapic"));

        assertThat(s.yaml())
                .isEqualTo(
                        """
                        customization:
                            extraKernelArgs:
                                - noapic
                                - nolapic
                        """);
        assertThat(s.id())
                .isEqualTo("9cba8e32753f91a16c1837ab8abf356af021706ef284aef07380780177d9a06c");
    }

    @Test
    void extensions_come_after_the_arguments_in_one_order_only() {
        Schematic s =
                new Schematic(
                        List.of("siderolabs/realtek-firmware", "siderolabs/amd-ucode"),
                        List.of("net.ifnames=0"));

        assertThat(s.yaml())
                .isEqualTo(
                        """
                        customization:
                            extraKernelArgs:
                                - net.ifnames=0
                            systemExtensions:
                                officialExtensions:
                                    - siderolabs/amd-ucode
                                    - siderolabs/realtek-firmware
                        """);
    }

    /// Each line as Go's yaml.v3 writes it.
    @Test
    void what_yaml_would_misread_is_quoted_as_go_does_it() {
        Schematic s =
                new Schematic(
                        List.of(),
                        List.of(
                                "console=ttyS0,115200n8",
                                "8250.nr_uarts=4",
                                "-init_on_alloc",
                                "on",
                                "12",
                                "0x1f",
                                "1e3",
                                "1:20",
                                "*x",
                                "a:",
                                "a:b",
                                "it's",
                                "'x"));

        assertThat(s.yaml())
                .isEqualTo(
                        """
                        customization:
                            extraKernelArgs:
                                - console=ttyS0,115200n8
                                - 8250.nr_uarts=4
                                - -init_on_alloc
                                - "on"
                                - "12"
                                - "0x1f"
                                - "1e3"
                                - "1:20"
                                - '*x'
                                - 'a:'
                                - a:b
                                - it's
                                - '''x'
                        """);
    }

    @Test
    void what_is_no_argument_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schematic(List.of(), List.of("a b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schematic(List.of("../x"), List.of()));
    }

    @Test
    void the_installer_is_of_the_same_image() {
        Image plain = new Image.Factory(Schematic.PLAIN);

        assertThat(plain.installer(TalosVersion.of("v1.13.9")))
                .isEqualTo(
                        "factory.talos.dev/metal-installer/" + Schematic.PLAIN.id() + ":v1.13.9");
        assertThat(plain.installer(TalosVersion.of("v1.9.5")))
                .isEqualTo("factory.talos.dev/installer/" + Schematic.PLAIN.id() + ":v1.9.5");
        assertThat(plain.folder(TalosVersion.of("v1.9.5"))).isEqualTo("v1.9.5-376567988ad3");
    }
}
