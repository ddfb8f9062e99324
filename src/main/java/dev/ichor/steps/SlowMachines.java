package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Patience;
import dev.ichor.netboot.Notebook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Learns while the servers run how long slow machines are silent on their good boots, and keeps it
/// for the next time.
final class SlowMachines implements AutoCloseable {
    /// Its notebook in the cluster's folder.
    static final String NAME = "slow";

    /// Of one boot; what a machine says after so much teaches nothing new.
    private static final int MOST = 2_000;

    private final Map<Mac, List<BootEvent>> boots = new HashMap<>();
    private final Map<Mac, Patience> known;
    private final Notebook book;
    private final Runnable stop;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("slow-machines").factory());

    private SlowMachines(Map<Mac, Patience> known, Notebook book, BootLog log) {
        this.known = new HashMap<>(known);
        this.book = book;
        this.stop = log.listen(e -> worker.execute(() -> hear(e)));
    }

    static SlowMachines learn(ClusterFolder folder, BootLog log) {
        return new SlowMachines(folder.patience(), folder.notebook(NAME), log);
    }

    private void hear(BootEvent e) {
        Mac mac = e.mac();
        if (mac == null || e instanceof BootEvent.TransferProgress) {
            return;
        }
        List<BootEvent> boot = boots.computeIfAbsent(mac, m -> new ArrayList<>());
        if (e instanceof BootEvent.ApiAnswered) {
            boot.add(e);
            learn(mac, List.copyOf(boot));
            boot.clear();
        } else if (boot.size() < MOST) {
            boot.add(e);
        }
    }

    private void learn(Mac mac, List<BootEvent> boot) {
        Patience was = known.getOrDefault(mac, Patience.USUAL);
        Patience is = was.after(boot);
        if (!is.equals(was)) {
            known.put(mac, is);
            try {
                book.write(Patience.lines(known));
            } catch (IOException e) {
                System.getLogger(SlowMachines.class.getName())
                        .log(System.Logger.Level.WARNING, "slow machines not saved", e);
            }
        }
    }

    @Override
    public void close() {
        stop.run();
        worker.close();
    }
}
