package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.TreeMap;

/// Windows' neighbour table, by `GetIpNetTable2` of `iphlpapi.dll`; needs no rights.
final class WindowsNeighbours {
    /// Address family of IPv4 (`winsock2.h`).
    private static final short AF_INET = 2;

    /// `MIB_IPNET_TABLE2`: the number of rows, then the rows, eight bytes aligned.
    private static final long FIRST_ROW = 8;

    /// `MIB_IPNET_ROW2`: `SOCKADDR_INET` of 28 bytes (family at 0, IPv4 address at 4), the
    /// interface's index and LUID, the physical address, its length, the state.
    private static final long ROW = 88;

    private static final long IPV4 = 4;
    private static final long PHYSICAL = 40;
    private static final long PHYSICAL_LENGTH = 72;
    private static final long STATE = 76;
    private static final int MAC_BYTES = 6;

    /// `NL_NEIGHBOR_STATE`: from `NlnsProbe` on the address was resolved once.
    private static final int RESOLVED = 2;

    private WindowsNeighbours() {}

    /// @throws IOException when Windows does not tell
    static Map<Ip4, Mac> read() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup("iphlpapi.dll", arena);
            Linker linker = Linker.nativeLinker();
            MethodHandle get =
                    linker.downcallHandle(
                            library.findOrThrow("GetIpNetTable2"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_SHORT,
                                    ValueLayout.ADDRESS));
            MethodHandle free =
                    linker.downcallHandle(
                            library.findOrThrow("FreeMibTable"),
                            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            MemorySegment pointer = arena.allocate(ValueLayout.ADDRESS);
            int error = (int) get.invokeExact(AF_INET, pointer);
            if (error != 0) {
                throw new IOException("GetIpNetTable2 failed with error " + error);
            }
            MemorySegment table = pointer.get(ValueLayout.ADDRESS, 0);
            try {
                int rows = table.reinterpret(FIRST_ROW).get(ValueLayout.JAVA_INT, 0);
                return table(table.reinterpret(FIRST_ROW + rows * ROW));
            } finally {
                free.invokeExact(table);
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof IOException io ? io : new IOException("no neighbour table", e);
        } catch (Throwable e) {
            throw new IOException("no neighbour table", e);
        }
    }

    /// The resolved IPv4 entries of a `MIB_IPNET_TABLE2`.
    static Map<Ip4, Mac> table(MemorySegment table) {
        Map<Ip4, Mac> all = new TreeMap<>();
        int rows = table.get(ValueLayout.JAVA_INT, 0);
        for (int i = 0; i < rows; i++) {
            MemorySegment row = table.asSlice(FIRST_ROW + i * ROW, ROW);
            boolean usable =
                    row.get(ValueLayout.JAVA_SHORT, 0) == AF_INET
                            && row.get(ValueLayout.JAVA_INT, PHYSICAL_LENGTH) == MAC_BYTES
                            && row.get(ValueLayout.JAVA_INT, STATE) >= RESOLVED;
            if (usable) {
                Ip4 ip = Ip4.of(row.asSlice(IPV4, 4).toArray(ValueLayout.JAVA_BYTE));
                Mac mac = Mac.of(row.asSlice(PHYSICAL, MAC_BYTES).toArray(ValueLayout.JAVA_BYTE));
                if (ArpText.isOneMachine(mac)) {
                    all.put(ip, mac);
                }
            }
        }
        return all;
    }
}
