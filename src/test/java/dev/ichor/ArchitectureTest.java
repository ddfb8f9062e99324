package dev.ichor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The house's table: who may import whom, and which library lives where. Imports point down only.
class ArchitectureTest {
    private static final String BASE = "dev.ichor.";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.ichor");

    /// A package, what of ours it may import, and why it is so.
    private record Room(String name, List<String> may, String because) {}

    private static Stream<Room> rooms() {
        return Stream.of(
                new Room("cluster", List.of(), "the wish knows no protocol"),
                new Room(
                        "boot",
                        List.of("cluster"),
                        "events and tree know the wish, nothing of how they came"),
                new Room(
                        "discovery",
                        List.of("cluster", "boot"),
                        "finding machines serves nobody in particular"),
                new Room("host", List.of("cluster"), "what this PC is like is read, not judged"),
                new Room("trust", List.of(), "a certificate is believed or not, whoever shows it"),
                new Room(
                        "router",
                        List.of("cluster", "boot", "netboot.dhcp", "trust"),
                        "asking a router needs packets, no server"),
                new Room(
                        "artifacts",
                        List.of("cluster", "boot"),
                        "downloads know no cluster's secrets"),
                new Room("talos", List.of("cluster"), "configs are made offline"),
                new Room(
                        "talos.api",
                        List.of("cluster", "boot", "talos", "trust"),
                        "the nodes' API needs identities and reports events"),
                new Room("nas", List.of("cluster", "boot", "trust"), "server and NAS never meet"),
                new Room("netboot.dhcp", List.of(), "a codec knows bytes only"),
                new Room("netboot.tftp", List.of(), "a codec knows bytes only"),
                new Room("netboot.ignition", List.of(), "Ignition configs: text in, text out"),
                new Room("netboot.template", List.of(), "Go's templates: text in, text out"),
                new Room(
                        "netboot",
                        List.of(
                                "cluster",
                                "boot",
                                "netboot.dhcp",
                                "netboot.tftp",
                                "netboot.ignition",
                                "netboot.template"),
                        "the server is given everything else"),
                new Room(
                        "diagnosis", List.of("cluster", "boot"), "findings are functions of facts"),
                new Room(
                        "timeline",
                        List.of("cluster", "boot"),
                        "a picture of a boot is a function of its events"),
                new Room(
                        "fleet",
                        List.of(
                                "cluster",
                                "boot",
                                "discovery",
                                "netboot.dhcp",
                                "netboot.tftp",
                                "talos",
                                "talos.api"),
                        "pretended machines must not know the server they test"),
                new Room(
                        "steps",
                        List.of(
                                "cluster",
                                "boot",
                                "discovery",
                                "host",
                                "router",
                                "artifacts",
                                "talos",
                                "talos.api",
                                "nas",
                                "netboot",
                                "netboot.template",
                                "diagnosis"),
                        "the steps use everything but the pretended and the fronts"),
                new Room(
                        "ui",
                        List.of("steps", "boot", "cluster", "diagnosis", "timeline"),
                        "a view shows snapshots and sends intents"),
                new Room(
                        "cli",
                        List.of("steps", "boot", "cluster", "diagnosis", "timeline"),
                        "the command line is a front as well"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void imports_point_down_only(Room room) {
        List<String> allowed =
                new ArrayList<>(List.of(BASE + room.name(), BASE + "talos.api.proto"));
        room.may().forEach(p -> allowed.add(BASE + p));
        if (!room.name().equals("talos.api") && !room.name().equals("fleet")) {
            allowed.remove(BASE + "talos.api.proto");
        }
        List<String> forbidden =
                CLASSES.stream()
                        .map(c -> c.getPackageName())
                        .distinct()
                        .filter(p -> p.startsWith("dev.ichor") && !allowed.contains(p))
                        .toList();
        noClasses()
                .that()
                .resideInAPackage(BASE + room.name())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .because(room.because())
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static Stream<Map.Entry<String, List<String>>> homes() {
        return Stream.of(
                Map.entry("javafx..", List.of("ui")),
                Map.entry("org.controlsfx..", List.of("ui")),
                Map.entry("atlantafx..", List.of("ui")),
                Map.entry("org.kordamp..", List.of("ui")),
                Map.entry("picocli..", List.of("cli")),
                Map.entry("org.apache.commons.net..", List.of("discovery", "nas")),
                Map.entry("org.bouncycastle..", List.of("talos", "artifacts")),
                Map.entry("org.snakeyaml..", List.of("talos")),
                Map.entry("com.jcraft.jsch..", List.of("nas")),
                Map.entry("com.hierynomus..", List.of("nas")),
                Map.entry("org.apache.sshd..", List.of("fleet")),
                Map.entry("io.grpc..", List.of("talos.api", "talos.api.proto", "fleet")));
    }

    @ParameterizedTest
    @MethodSource("homes")
    void each_library_has_one_home(Map.Entry<String, List<String>> library) {
        String[] homes = library.getValue().stream().map(p -> BASE + p).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library.getKey())
                .because("a library that is spread cannot be replaced")
                .check(CLASSES);
    }

    @Test
    void time_and_chance_are_handed_in() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ichor")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(java.security.SecureRandom.class)
                .because("what depends on the clock or on chance cannot be tested otherwise")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked =
                CLASSES.stream()
                        .map(c -> c.getPackage())
                        .distinct()
                        .filter(p -> !p.getName().endsWith(".proto"))
                        .filter(p -> !p.isAnnotatedWith(org.jspecify.annotations.NullMarked.class))
                        .map(p -> p.getName())
                        .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void the_two_codecs_touch_no_json_and_no_http() {
        classes()
                .that()
                .resideInAnyPackage(
                        "dev.ichor.netboot.dhcp", "dev.ichor.netboot.tftp", "dev.ichor.ui")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("tools.jackson..", "okhttp3..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
