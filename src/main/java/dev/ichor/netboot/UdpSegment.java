package dev.ichor.netboot;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/// UDP segmentation offload of Linux (`UDP_SEGMENT` of udp(7), since 4.18) for a channel of the
/// JDK, which keeps the number of its descriptor to itself: the descriptor is found by the address
/// it is bound to, which no two UDP sockets of ours share.
final class UdpSegment implements Offload {
    private static final File DESCRIPTORS = new File("/proc/self/fd");

    // netinet/in.h, netinet/udp.h
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final short AF_INET = 2;

    // struct sockaddr_in: family, port and address in network order, padding.
    private static final int SOCKADDR = 16;
    private static final int PORT = 2;
    private static final int ADDRESS = 4;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort BIG_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /// Linked when first needed: that takes longer than the start of the server may.
    private static final class C {
        static final MethodHandle GETSOCKNAME =
                find(
                        "getsockname",
                        FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        static final MethodHandle SETSOCKOPT =
                find(
                        "setsockopt",
                        FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));

        private static MethodHandle find(String name, FunctionDescriptor types) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types);
        }
    }

    @Override
    public boolean segment(DatagramChannel channel, int bytes) {
        try (Arena arena = Arena.ofConfined()) {
            InetSocketAddress at = (InetSocketAddress) channel.getLocalAddress();
            MemorySegment size = arena.allocateFrom(INT, bytes);
            int[] bound = Arrays.stream(descriptors()).filter(fd -> isAt(fd, at, arena)).toArray();
            for (int fd : bound) {
                // A TCP socket may have the same address; it refuses this option.
                if ((int) C.SETSOCKOPT.invokeExact(fd, SOL_UDP, UDP_SEGMENT, size, Integer.BYTES)
                        == 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        } catch (Throwable e) {
            // Without it packets leave one by one.
            Log.of(UdpSegment.class).log(System.Logger.Level.WARNING, "no UDP segmentation", e);
            return false;
        }
    }

    private static int[] descriptors() {
        String[] names = DESCRIPTORS.list();
        return names == null
                ? new int[0]
                : Arrays.stream(names).mapToInt(Integer::parseInt).toArray();
    }

    private static boolean isAt(int fd, InetSocketAddress at, Arena arena) {
        MemorySegment address = arena.allocate(SOCKADDR, Integer.BYTES);
        MemorySegment length = arena.allocateFrom(INT, SOCKADDR);
        try {
            return (int) C.GETSOCKNAME.invokeExact(fd, address, length) == 0
                    && address.get(ValueLayout.JAVA_SHORT, 0) == AF_INET
                    && (address.get(BIG_SHORT, PORT) & 0xffff) == at.getPort()
                    && Arrays.equals(
                            address.asSlice(ADDRESS, 4).toArray(ValueLayout.JAVA_BYTE),
                            at.getAddress().getAddress());
        } catch (Throwable e) {
            throw new IllegalStateException("getsockname", e);
        }
    }
}
