package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.Loaders;
import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.Firmware;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LoaderFinderTest {
    private static final int X64 = 0x8664;
    private static final int X86 = 0x14c;
    private static final int ARM64 = 0xaa64;

    @TempDir Path own;
    @TempDir Path system;

    @Test
    void reads_the_version_of_efi_builds_and_lends_it_to_the_compressed_bios_build()
            throws Exception {
        write(system, "undionly.kpxe", new byte[2000]);
        write(system, "snponly.efi", efi(X64, "1.0.0+git-20190125.36a4c85-5.1"));

        Loaders found = LoaderFinder.find(List.of(own, system));

        assertThat(found.of(Firmware.BIOS).orElseThrow())
                .isEqualTo(
                        new Loader(
                                Firmware.BIOS,
                                "undionly.kpxe",
                                system.resolve("undionly.kpxe"),
                                "1.0.0+git-20190125.36a4c85-5.1"));
        assertThat(found.of(Firmware.UEFI_X64).orElseThrow().version())
                .isEqualTo("1.0.0+git-20190125.36a4c85-5.1");
    }

    @Test
    void the_earlier_folder_wins_and_the_firmwares_own_driver_comes_first() throws Exception {
        write(own, "ipxe.efi", efi(X64, "2.0.0"));
        write(system, "ipxe.efi", efi(X64, "1.21.1+git20250501.abc"));
        write(system, "snponly.efi", efi(X64, "1.21.1+git20250501.abc"));

        List<Loader> x64 = LoaderFinder.find(List.of(own, system)).all();

        assertThat(x64)
                .extracting(l -> l.name() + " " + l.version())
                .containsExactly("snponly.efi 1.21.1+git20250501.abc", "ipxe.efi 2.0.0");
    }

    @Test
    void knows_processors_by_the_header_and_fedoras_names() throws Exception {
        write(own, "i386/snponly.efi", efi(X86, "2.0.0"));
        write(own, "arm64/snponly.efi", efi(ARM64, "2.0.0"));
        write(own, "ipxe-snponly-x86_64.efi", efi(X64, "2.0.0"));
        write(own, "x86_64-sb/snponly.efi", efi(X64, "2.0.0"));
        write(own, "snponly-shim.efi", efi(X64, "2.0.0"));

        assertThat(LoaderFinder.find(List.of(own)).all())
                .extracting(l -> l.firmware() + " " + l.name())
                .containsExactlyInAnyOrder(
                        "UEFI_X86 snponly.efi", "UEFI_ARM64 snponly.efi", "UEFI_X64 snponly.efi");
    }

    @Test
    void asks_debians_database_where_the_files_do_not_tell_and_a_note_beside_them_first()
            throws Exception {
        Path dpkg = system.resolve("dpkg");
        write(own, "undionly.kpxe", new byte[2000]);
        write(dpkg, "info/ipxe.list", ("/.\n" + own + "\n").getBytes(StandardCharsets.UTF_8));
        write(
                dpkg,
                "status",
                "Package: a\nVersion: 1\n\nPackage: ipxe\nVersion: 1:1.21.1+git20250501\n\n"
                        .getBytes(StandardCharsets.UTF_8));

        Loaders byPackage = LoaderFinder.find(List.of(own), new Dpkg(dpkg));
        assertThat(byPackage.all().getFirst().version()).isEqualTo("1.21.1+git20250501");

        write(own, "VERSION", "2.0.0\n".getBytes(StandardCharsets.UTF_8));
        Loaders byNote = LoaderFinder.find(List.of(own), new Dpkg(dpkg));
        assertThat(byNote.all().getFirst().version()).isEqualTo("2.0.0");
    }

    @Test
    void finds_the_parts_of_the_bios_route_and_takes_none_for_a_loader() throws Exception {
        write(system, "lpxelinux.0", new byte[20]);
        write(system, "ldlinux.c32", new byte[20]);
        write(own, "ipxe.lkrn", new byte[20]);

        Loaders found = LoaderFinder.find(List.of(own, system));

        assertThat(found.all()).isEmpty();
        assertThat(found.parts().keySet())
                .containsExactlyInAnyOrder("lpxelinux.0", "ldlinux.c32", "ipxe.lkrn");
    }

    @Test
    void a_build_that_reads_autoexec_takes_the_place_of_an_older_one_of_an_earlier_folder()
            throws Exception {
        write(own, "snponly.efi", efi(X64, "1.0.0+git-20190125.36a4c85-5.1"));
        write(system, "snponly.efi", efi(X64, "2.0.0"));

        assertThat(LoaderFinder.find(List.of(own, system)).all())
                .extracting(Loader::version)
                .containsExactly("2.0.0");
    }

    @Test
    void knows_which_builds_run_autoexec() {
        assertThat(List.of("2.0.0", "1.21.1+git20250501.dad20602", "1.21.1+git-20220103.a"))
                .allMatch(LoaderFinderTest::readsAutoexec);
        assertThat(List.of("1.21.1", "1.0.0+git-20190125.36a4c85-5.1", "1.21.1+git20210901", ""))
                .noneMatch(LoaderFinderTest::readsAutoexec);
    }

    private static boolean readsAutoexec(String version) {
        return new Loader(Firmware.UEFI_X64, "snponly.efi", Path.of("x"), version).readsAutoexec();
    }

    @Test
    void broken_files_and_missing_folders_are_passed_over() throws Exception {
        write(own, "snponly.efi", new byte[] {1, 2, 3});
        write(own, "ipxe.efi", new byte[100]);

        assertThat(LoaderFinder.find(List.of(own, own.resolve("none"))).all()).isEmpty();
    }

    @Test
    void says_which_package_to_install() {
        assertThat(LoaderFinder.missing().toString())
                .startsWith("There is no boot loader (iPXE) on this PC.")
                .contains("sudo apt install ipxe");
    }

    @Test
    void reads_debians_package() {
        Path debian = Path.of("/usr/lib/ipxe");
        assumeTrue(
                Files.isRegularFile(debian.resolve("undionly.kpxe")),
                "skipped: needs the Debian package ipxe");

        Loaders found = LoaderFinder.find(List.of(debian));

        assertThat(found.of(Firmware.BIOS)).map(Loader::name).hasValue("undionly.kpxe");
        assertThat(found.of(Firmware.UEFI_X64)).map(Loader::name).hasValue("snponly.efi");
        assertThat(found.all()).allMatch(l -> l.version().matches("\\d+\\.\\d+\\.\\d+.*"));
    }

    private static void write(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /// The parts of a PE file that are looked at, and a version text between NULs.
    private static byte[] efi(int machine, String version) {
        ByteBuffer b = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0x3c, 0x80).putInt(0x80, 0x4550).putShort(0x84, (short) machine);
        b.put(200, version.getBytes(StandardCharsets.US_ASCII));
        return b.array();
    }
}
