package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class IpxeScriptTest {
    private static final URI BASE = URI.create("http://192.168.1.10:8080/boot.ipxe");
    private static final Hardware FUTRO =
            new Hardware(
                    Mac.of("4c:52:62:08:a3:ce"),
                    "FUTRO S920",
                    Firmware.BIOS,
                    UUID.fromString("11112222-3333-4444-5555-666677778888"),
                    "YLNX000001",
                    Ip4.of("192.168.1.60"));

    private final Map<String, String> web = new HashMap<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void matchbox_own_scripts_boot_the_kernel() throws Exception {
        web.put(
                "http://192.168.1.10:8080/ipxe?uuid=11112222-3333-4444-5555-666677778888"
                        + "&mac=4c-52-62-08-a3-ce&domain=&hostname=&serial=YLNX000001&arch=i386",
                """
                #!ipxe
                kernel /assets/v1/vmlinuz initrd=initrd slab_nomerge talos.config=http://x/generic?mac=${mac:hexhyp}
                initrd --name initrd /assets/v1/initrd
                boot
                """);

        IpxeScript.End end =
                run(
                        """
                        #!ipxe
                        chain ipxe?uuid=${uuid}&mac=${mac:hexhyp}&domain=${domain}&hostname=${hostname}&serial=${serial}&arch=${buildarch:uristring}
                        """);

        assertThat(end)
                .isEqualTo(
                        new IpxeScript.End.Boot(
                                "initrd=initrd slab_nomerge"
                                        + " talos.config=http://x/generic?mac=4c-52-62-08-a3-ce"));
        assertThat(done)
                .containsExactly(
                        "kernel http://192.168.1.10:8080/assets/v1/vmlinuz",
                        "initrd http://192.168.1.10:8080/assets/v1/initrd");
    }

    @Test
    void a_chain_that_fails_is_tried_again_after_a_pause() throws Exception {
        web.put("http://192.168.1.10:8080/now", "#!ipxe\nkernel http://h/k\nboot\n");

        IpxeScript.End end =
                run(
                        """
                        #!ipxe
                        set tries none
                        :again
                        chain --replace --autofree http://192.168.1.10:8080/${tries} ||
                        set tries now
                        dhcp || sleep 2
                        sleep 1
                        goto again
                        """);

        assertThat(end).isEqualTo(new IpxeScript.End.Boot(""));
        assertThat(done).containsExactly("wait 0", "wait 1", "kernel http://h/k");
    }

    @Test
    void a_failing_command_without_alternative_ends_the_script() throws Exception {
        assertThat(run("#!ipxe\nkernel http://gone/k\nboot\n"))
                .isEqualTo(new IpxeScript.End.Exit());
    }

    @Test
    void a_condition_chooses_the_next_command() throws Exception {
        run(
                """
                #!ipxe
                isset ${nothing} && sleep 1 || sleep 2
                iseq ${platform} pcbios && sleep 3 || sleep 4
                """);

        assertThat(done).containsExactly("wait 2", "wait 3");
    }

    @Test
    void exit_leaves_the_rest_undone() throws Exception {
        assertThat(run("#!ipxe\necho hello\nexit\nsleep 9\n")).isEqualTo(new IpxeScript.End.Exit());
        assertThat(done).isEmpty();
    }

    private IpxeScript.End run(String script) throws IOException, InterruptedException {
        return new IpxeScript(
                        new IpxeVariables(FUTRO, Ip4.of("192.168.1.10"), false), new Recorded())
                .run(script, BASE);
    }

    private final class Recorded implements IpxeScript.Hands {
        @Override
        public String script(URI uri) throws IOException {
            String text = web.get(uri.toString());
            if (text == null) {
                throw new NoSuchFileException(uri.toString());
            }
            return text;
        }

        @Override
        public void image(URI uri, boolean kernel) throws IOException {
            if (uri.getHost().equals("gone")) {
                throw new NoSuchFileException(uri.toString());
            }
            done.add((kernel ? "kernel " : "initrd ") + uri);
        }

        @Override
        public void wait(int seconds) {
            done.add("wait " + seconds);
        }
    }
}
