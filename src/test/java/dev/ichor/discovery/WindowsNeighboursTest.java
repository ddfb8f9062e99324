package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

class WindowsNeighboursTest {
    private static final int STALE = 4;
    private static final int UNREACHABLE = 0;

    private static ByteBuffer table(int rows) {
        return ByteBuffer.allocateDirect(8 + 88 * rows)
                .order(ByteOrder.nativeOrder())
                .putInt(0, rows);
    }

    private static void row(ByteBuffer table, int at, String ip, String mac, int state) {
        int row = 8 + 88 * at;
        table.putShort(row, (short) 2);
        table.put(row + 4, Ip4.of(ip).bytes());
        table.put(row + 40, Mac.of(mac).bytes());
        table.putInt(row + 72, 6).putInt(row + 76, state);
    }

    @Test
    void reads_the_resolved_machines_of_the_systems_table() {
        ByteBuffer table = table(4);
        row(table, 0, "192.168.1.51", "4c:52:62:08:a3:ce", STALE);
        row(table, 1, "192.168.1.52", "4c:52:62:08:a3:cf", UNREACHABLE);
        row(table, 2, "192.168.1.255", "ff:ff:ff:ff:ff:ff", STALE);

        assertThat(WindowsNeighbours.table(MemorySegment.ofBuffer(table)))
                .isEqualTo(Map.of(Ip4.of("192.168.1.51"), Mac.of("4c:52:62:08:a3:ce")));
    }
}
