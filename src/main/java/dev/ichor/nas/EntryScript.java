package dev.ichor.nas;

/// The script iPXE begins with when it comes from a NAS.
final class EntryScript {
    private EntryScript() {}

    /// Asks for the machine's script, and asks again when it does not get it or something that it
    /// names, for a server may die in the middle. A script that ends in peace means: go on with the
    /// next boot device. `dhcp` is called even when there is an address: the interface may be
    /// closed though the address of the firmware is still shown (seen with iPXE 1.21.1).
    ///
    /// @param http `http://IP:PORT`
    static String of(String http) {
        return "#!ipxe\n:again\nchain --autofree "
                + http
                + "/ipxe?uuid=${uuid}&mac=${mac:hexhyp}&serial=${serial:uristring}"
                + "&arch=${buildarch}&platform=${platform} && exit 1 ||\n"
                + "imgfree\ndhcp || sleep 2\nsleep 1\ngoto again\n";
    }
}
