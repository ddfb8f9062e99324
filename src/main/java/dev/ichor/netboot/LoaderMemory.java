package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Hands each machine the loader that works for it: the owner's choice, else the preferred one,
/// else after a hang the other one of its firmware. Learns from the boot log; what it learnt
/// outlives a restart.
public final class LoaderMemory implements LoaderChoice, AutoCloseable {
    private static final int MAX = 4096;
    private static final String CHOSEN = "chosen";
    private static final String LEARNT = "learnt";

    private final Supplier<Loaders> loaders;
    private final Map<Firmware, Fitting> fitting = new ConcurrentHashMap<>();
    private final Notebook book;
    private final BootLog log;
    private final InstantSource clock;
    private final SequencedMap<Mac, LoaderTrial> trials = new LinkedHashMap<>(16, 0.75f, true);
    private final Later later = new Later("loader-list");
    private final Runnable stop;

    /// What one kind of firmware can run, the preferred one first.
    private record Fitting(List<Loaders.Loader> loaders, List<String> names) {}

    /// @param loaders asked for when the first machine needs one; always the same
    /// @param book what was learnt last time
    /// @throws IOException when it cannot be read
    public LoaderMemory(Supplier<Loaders> loaders, Notebook book, BootLog log, InstantSource clock)
            throws IOException {
        this.loaders = loaders;
        this.book = book;
        this.log = log;
        this.clock = clock;
        book.read().forEach(this::restore);
        this.stop = log.listen(this::see);
    }

    @Override
    public Loaders loaders() {
        return loaders.get();
    }

    /// The owner's word for one machine; it holds until another is given.
    ///
    /// @param name a loader's usual name, or `auto` to leave it to experience
    /// @throws ProblemException when no such loader is at hand
    public void choose(Mac mac, String name) throws ProblemException {
        if (name.equals("auto")) {
            forget(mac);
        } else if (names().contains(name)) {
            put(mac, new LoaderTrial(name, null, false, true));
        } else {
            throw new ProblemException(
                    "There is no boot loader called " + name + " on this PC.",
                    "",
                    "Name one of " + String.join(", ", names()) + ", or auto.");
        }
        later.run(this::save);
    }

    /// The owner's word: the machine is handed the next loader of its kind from now on.
    public void another(Mac mac) {
        List<String> names = alternatives(mac);
        String told = "there is no other one at hand, or it has not asked for one yet";
        if (names.size() > 1) {
            told = names.get(1);
            put(mac, new LoaderTrial(told, null, false, true));
            later.run(this::save);
        }
        String action = MachineAction.OTHER_LOADER.name().toLowerCase(Locale.ROOT);
        log.append(new BootEvent.ActionChanged(clock.instant(), mac, action, told));
    }

    /// Those of its kind, the one it is handed now first, the next one behind it.
    private List<String> alternatives(Mac mac) {
        String now = handed(mac);
        for (Loaders.Loader l : loaders().all()) {
            List<String> names =
                    new ArrayList<>(fitting.computeIfAbsent(l.firmware(), this::fitting).names);
            if (l.name().equals(now)) {
                Collections.rotate(names, -names.indexOf(now));
                return names;
            }
        }
        return List.of();
    }

    private synchronized String handed(Mac mac) {
        LoaderTrial trial = trials.get(mac);
        return trial == null ? "" : trial.loader();
    }

    private List<String> names() {
        return loaders().all().stream().map(Loaders.Loader::name).distinct().toList();
    }

    @Override
    public Optional<Loaders.Loader> of(@Nullable Mac mac, Firmware firmware) {
        Fitting fit = fitting.computeIfAbsent(firmware, this::fitting);
        if (mac == null || fit.loaders.isEmpty()) {
            return fit.loaders.stream().findFirst();
        }
        int chosen = fit.names.indexOf(decide(mac, fit.names));
        return Optional.of(fit.loaders.get(Math.max(0, chosen)));
    }

    private Fitting fitting(Firmware firmware) {
        List<Loaders.Loader> fit =
                loaders().all().stream().filter(l -> l.firmware() == firmware).toList();
        return new Fitting(fit, fit.stream().map(Loaders.Loader::name).toList());
    }

    private String decide(Mac mac, List<String> names) {
        Instant now = clock.instant();
        LoaderTrial was = trial(mac, names.getFirst());
        LoaderTrial is = was.askedAgain(names, now);
        if (!is.equals(was)) {
            put(mac, is);
            later.run(this::save);
        }
        if (!is.loader().equals(was.loader())) {
            // Not while holding the lock: the log calls us back.
            log.append(new BootEvent.LoaderChanged(now, mac, was.loader(), is.loader()));
        }
        return is.loader();
    }

    private synchronized LoaderTrial trial(Mac mac, String preferred) {
        if (trials.size() >= MAX && !trials.containsKey(mac)) {
            trials.pollFirstEntry();
        }
        return trials.computeIfAbsent(mac, m -> LoaderTrial.first(preferred));
    }

    private synchronized void put(Mac mac, LoaderTrial trial) {
        trials.put(mac, trial);
    }

    private synchronized void forget(Mac mac) {
        trials.remove(mac);
    }

    private synchronized void see(BootEvent event) {
        LoaderTrial trial = event.mac() == null ? null : trials.get(event.mac());
        if (trial != null) {
            trials.put(event.mac(), after(trial, event));
        }
    }

    private static LoaderTrial after(LoaderTrial trial, BootEvent event) {
        return switch (event) {
            case BootEvent.TransferDone e when e.kind() == Payload.LOADER ->
                    trial.delivered(e.at());
            case BootEvent.Heard e when e.ipxe() -> trial.alive();
            case BootEvent.TransferDone _,
                    BootEvent.WaitingForApproval _,
                    BootEvent.ConfigAsked _ ->
                    trial.alive();
            default -> trial;
        };
    }

    /// `MAC LOADER learnt`, one line a machine that has another than the preferred one.
    private synchronized List<String> lines() {
        return trials.entrySet().stream()
                .filter(e -> e.getValue().chosen() || !isPreferred(e.getValue().loader()))
                .map(e ->
                        e.getKey()
                                + " "
                                + e.getValue().loader()
                                + " "
                                + (e.getValue().chosen() ? CHOSEN : LEARNT))
                .sorted()
                .toList();
    }

    private boolean isPreferred(String name) {
        return loaders().all().stream()
                .map(Loaders.Loader::firmware)
                .anyMatch(f -> loaders().of(f).filter(l -> l.name().equals(name)).isPresent());
    }

    private void restore(String line) {
        String[] part = line.split(" ");
        Optional<Mac> mac = part.length == 3 ? Mac.parse(part[0]) : Optional.empty();
        if (mac.isPresent()) {
            put(mac.get(), new LoaderTrial(part[1], null, false, part[2].equals(CHOSEN)));
        }
    }

    private void save() {
        try {
            book.write(lines());
        } catch (IOException e) {
            Log.of(LoaderMemory.class)
                    .log(System.Logger.Level.WARNING, "list of loaders not saved", e);
        }
    }

    @Override
    public void close() {
        stop.run();
        later.close();
    }
}
