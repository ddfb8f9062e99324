package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Finding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The live view's state: a fold over the events, turned into rows. Knows no toolkit.
final class MonitorModel {
    private final Mailbox mailbox;
    private final InstantSource clock;
    private final double haste;
    private final Map<Mac, Pace> paces = new HashMap<>();
    private final Map<Mac, String> lines = new HashMap<>();
    private final Asking asking = new Asking();
    private final History history = new History();
    private @Nullable Instant servingSince;
    private Map<Mac, Draft.Wish> plan = Map.of();
    private FleetProgress fleet;
    private Map<Mac, RowView> rows = Map.of();
    private Map<Mac, Finding> findings = Map.of();

    MonitorModel(Mailbox mailbox, InstantSource clock, double haste) {
        this.mailbox = mailbox;
        this.clock = clock;
        this.haste = haste;
        this.fleet = FleetProgress.of(List.of(), clock.instant());
    }

    /// The machines that take part; each gets a row before anything is heard of it.
    void plan(Map<Mac, Draft.Wish> wishes) {
        plan = new LinkedHashMap<>(wishes);
    }

    /// Those that were planned.
    Set<Mac> planned() {
        return plan.keySet();
    }

    /// Whether our servers run: a machine that nobody answers is not silent by its own fault.
    void serving(boolean on) {
        if (on != (servingSince != null)) {
            servingSince = on ? clock.instant() : null;
        }
    }

    /// Since when our servers run, or null.
    @Nullable Instant servingSince() {
        return servingSince;
    }

    /// Why machines do not boot.
    void findings(Map<Mac, Finding> found) {
        findings = found;
    }

    /// Takes in what has happened and computes all rows anew.
    ///
    /// @return the events that came
    List<BootEvent> drain() {
        Instant now = clock.instant();
        List<BootEvent> events = mailbox.drain();
        fleet = fleet.after(events);
        events.forEach(this::remember);
        Map<Mac, RowView> all = new LinkedHashMap<>();
        plan.keySet().forEach(m -> all.put(m, row(progress(m, now), now)));
        fleet.machines().values().stream()
                .filter(m -> !plan.containsKey(m.mac()) && m.stage() != Stage.WAITING)
                .forEach(m -> all.put(m.mac(), row(m, now)));
        rows = all;
        return events;
    }

    /// One row a machine: those of the plan, then others as first heard.
    Map<Mac, RowView> rows() {
        return rows;
    }

    /// Host names of those that were planned.
    Map<Mac, String> names() {
        Map<Mac, String> names = new LinkedHashMap<>();
        plan.forEach((mac, wish) -> names.put(mac, wish.hostname()));
        return names;
    }

    /// Everything that was heard of a machine.
    List<BootEvent> history(Mac mac) {
        return history.of(mac);
    }

    /// Its stages of this boot, with the time each took.
    List<Lap> laps(Mac mac) {
        Instant now = clock.instant();
        return Lap.of(progress(mac, now), now);
    }

    /// Our own services: the address, or why not.
    Map<String, String> services() {
        return fleet.services();
    }

    /// Counts and the sum of the rates.
    Summary summary() {
        return Summary.of(rows.values());
    }

    /// Whether the owner has approved every machine of the plan.
    boolean allApproved() {
        return plan.keySet().stream()
                .map(fleet.machines()::get)
                .allMatch(m -> m != null && m.approved());
    }

    /// A machine's name for the log.
    String name(@Nullable Mac mac) {
        if (mac == null) {
            return "";
        }
        Draft.Wish wish = plan.get(mac);
        return wish == null ? mac.toString() : wish.hostname();
    }

    private MachineProgress progress(Mac mac, Instant now) {
        MachineProgress known = fleet.machines().get(mac);
        return known == null ? MachineProgress.waiting(mac, now) : known;
    }

    private void remember(BootEvent event) {
        history.hear(event);
        Mac mac = event.mac();
        if (mac == null) {
            return;
        }
        String line = EventText.of(event);
        if (!line.isEmpty()) {
            lines.put(mac, line);
        }
        asking.heard(event);
    }

    private RowView row(MachineProgress m, Instant now) {
        RowView.Needs needs =
                new RowView.Needs(
                        asks(m), asking.disks(m.mac(), plan.get(m.mac())), findings.get(m.mac()));
        Health health = health(m, needs.any(), now);
        Leg leg = Leg.of(m.stage());
        RowView.Way way = new RowView.Way(leg, reached(m), health, needs);
        return new RowView(who(m), way, state(m, way), meter(m, leg, now), line(m, needs));
    }

    private RowView.Who who(MachineProgress m) {
        Draft.Wish wish = plan.get(m.mac());
        return new RowView.Who(m.mac(), name(m.mac()), wish == null ? null : wish.role(), m.ip());
    }

    private boolean asks(MachineProgress m) {
        boolean may = m.stage().compareTo(Stage.CONFIG_ASKED) <= 0 && !m.approved();
        return may && (asking.approval(m.mac()) || m.stage() == Stage.CONFIG_ASKED);
    }

    private Health health(MachineProgress m, boolean needs, Instant now) {
        return switch (m.stage()) {
            case READY -> Health.READY;
            case WAITING -> Health.WAITING;
            default ->
                    needs || !m.trouble().isEmpty() || silent(m, now)
                            ? Health.NEEDS_YOU
                            : Health.RUNNING;
        };
    }

    private boolean silent(MachineProgress m, Instant now) {
        return servingSince != null
                && m.stalled(now, haste)
                && Duration.between(servingSince, now).toMillis()
                        > m.stage().patience().toMillis() / haste;
    }

    private static String state(MachineProgress m, RowView.Way way) {
        Leg leg = way.leg();
        String on = leg == null ? "" : leg.words();
        return switch (way.health()) {
            case READY -> text("state.ready");
            case WAITING -> text("state.waiting");
            case RUNNING -> fetching(m) ? on + " " + Figures.percent(file(m)) : on;
            case NEEDS_YOU -> {
                RowView.Needs needs = way.needs();
                if (needs.approval()) {
                    yield text("state.asks");
                }
                if (!needs.disks().isEmpty()) {
                    yield text("state.disk");
                }
                boolean known = needs.finding() != null || !m.trouble().isEmpty();
                yield text(known ? "state.trouble" : "state.silent", on);
            }
        };
    }

    private RowView.Meter meter(MachineProgress m, @Nullable Leg leg, Instant now) {
        Pace pace = paces.computeIfAbsent(m.mac(), x -> new Pace());
        pace.note(new Amount(m.file(), m.done(), m.of()), now);
        double rate = fetching(m) ? pace.perSecond(now) : 0;
        double part = fetching(m) ? file(m) : 0;
        double way = leg == null ? 0 : (leg.ordinal() + part) / (Leg.values().length - 1);
        return new RowView.Meter(Math.min(1, way), rate, elapsed(m, now));
    }

    private static String elapsed(MachineProgress m, Instant now) {
        Instant from = m.reached().get(Stage.DISCOVERED);
        if (from == null) {
            return "";
        }
        Instant to = m.stage() == Stage.READY ? m.since() : now;
        return Figures.clock(Duration.between(from, to));
    }

    private String line(MachineProgress m, RowView.Needs needs) {
        Finding finding = needs.finding();
        if (finding != null) {
            return Words.said(finding.what()) + " " + Words.said(finding.advice());
        }
        if (needs.approval() && asking.compare(m.mac()).isPresent()) {
            return asking.compare(m.mac()).get();
        }
        if (!m.trouble().isEmpty()) {
            return m.trouble();
        }
        return fetching(m)
                ? text("state.fetching", m.file(), Figures.bytes(m.done()), Figures.bytes(m.of()))
                : lines.getOrDefault(m.mac(), text("state.nothing"));
    }

    private static boolean fetching(MachineProgress m) {
        return m.of() > 0 && m.done() < m.of() && m.done() > 0;
    }

    private static double file(MachineProgress m) {
        return (double) m.done() / m.of();
    }

    private static Set<Leg> reached(MachineProgress m) {
        Set<Leg> all = EnumSet.noneOf(Leg.class);
        for (Stage stage : new ArrayList<>(m.reached().keySet())) {
            Leg leg = Leg.of(stage);
            if (leg != null) {
                all.add(leg);
            }
        }
        return all;
    }
}
