package dev.ichor.artifacts;

import dev.ichor.artifacts.Provenance.Claim;
import dev.ichor.artifacts.TalosImages.Request;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Origin;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// One call for Talos' files: what is here already, who vouches for the rest, bring it, remember
/// it.
final class Errand {
    private static final String SUMS = "sha256sum.txt";

    private final Request wish;
    private final Cache cache;
    private final Provenance provenance;
    private final Meter meter;
    private final InstantSource clock;
    private final Map<String, Blob> blobs = new ConcurrentHashMap<>();
    private boolean accepted;

    Errand(Request wish, Cache cache, Provenance provenance, Meter meter, InstantSource clock) {
        this.wish = wish;
        this.cache = cache;
        this.provenance = provenance;
        this.meter = meter;
        this.clock = clock;
    }

    Fetched run(Opener from) throws IOException, InterruptedException {
        if (wish.talos().patch() < 0) {
            throw Words.incomplete(wish.talos());
        }
        TreeMap<Arch, BootFiles> have = new TreeMap<>();
        for (Arch arch : wish.families()) {
            Optional<Entry> entry = cache.entry(wish.talos(), wish.image(), arch);
            if (entry.isPresent()) {
                cache.files(entry.get()).ifPresent(files -> have.put(arch, files));
            }
        }
        if (!have.keySet().containsAll(wish.families())) {
            bring(have, from);
        }
        return new Fetched(wish.talos(), wish.image(), have);
    }

    private void bring(SortedMap<Arch, BootFiles> have, Opener from)
            throws IOException, InterruptedException {
        try (Supply supply = from.open()) {
            Map<Arch, List<Claim>> claims = new TreeMap<>();
            for (Arch arch : wish.families()) {
                if (!have.containsKey(arch)) {
                    claims.put(arch, claims(arch, supply));
                }
            }
            List<Callable<Void>> jobs = new ArrayList<>();
            claims.values().stream().flatMap(List::stream).forEach(c -> jobs.add(job(c, supply)));
            TwoAtATime.run(jobs);
            for (var e : claims.entrySet()) {
                have.put(e.getKey(), remembered(e.getKey(), e.getValue()));
            }
        }
    }

    private List<Claim> claims(Arch arch, Supply supply) throws IOException, InterruptedException {
        List<Claim> all = new ArrayList<>();
        if (wish.image() instanceof Image.Factory) {
            names(arch).forEach(n -> all.add(new Claim(n, null, Origin.PINNED, "")));
            return all;
        }
        Optional<Sums> sums = supply.text(SUMS).map(Sums::parse);
        if (sums.isEmpty() && supply instanceof WebSupply) {
            throw Words.noSuchRelease(wish.talos(), supply.where());
        }
        for (String name : names(arch)) {
            @Nullable String listed = sums.isEmpty() ? null : sums.get().of(name, supply.where());
            all.add(accepted(provenance.of(wish.talos(), name, listed, supply), supply));
        }
        return all;
    }

    private Claim accepted(Claim claim, Supply supply) throws ProblemException {
        if (claim.origin() == Origin.ACCEPTED) {
            ask(Words.notVerified(claim.name(), supply.where(), claim.doubt()));
        }
        return claim;
    }

    /// The owner's word counts for all files.
    private synchronized void ask(ProblemException why) throws ProblemException {
        accepted = accepted || wish.accepts().test(why.problem());
        if (!accepted) {
            throw why;
        }
    }

    private Callable<Void> job(Claim claim, Supply supply) {
        Meter.Part part = meter.part();
        return () -> {
            blobs.put(claim.name(), blob(claim, supply, part));
            return null;
        };
    }

    private Blob blob(Claim claim, Supply supply, Meter.Part part)
            throws IOException, InterruptedException {
        if (claim.sha256() != null) {
            Optional<Path> here = cache.find(claim.sha256());
            if (here.isPresent()) {
                long size = Files.size(here.get());
                part.begin(size, size);
                return new Blob(claim.sha256(), size);
            }
        }
        Partial to = cache.partial(wish.image().folder(wish.talos()) + "-" + claim.name());
        String got = supply.file(claim.name(), to, claim.sha256(), part);
        if (claim.sha256() == null) {
            refuseOdd(claim, to, got, supply);
        }
        return cache.keep(to, got);
    }

    /// What nobody has told a checksum of must at least be of its kind, and what it was before.
    private void refuseOdd(Claim claim, Partial got, String sha256, Supply supply)
            throws IOException {
        boolean kernel = claim.name().startsWith("vmlinuz");
        if (!(kernel ? Magic.isKernel(got.file()) : Magic.isInitramfs(got.file()))) {
            boolean page = Magic.isWebPage(got.file());
            got.delete();
            throw page
                    ? Words.webPage(claim.name(), supply.where())
                    : Words.notWhatItSays(claim.name(), supply.where());
        }
        Optional<Blob> before = pinned(claim.name());
        if (before.isPresent() && !before.get().sha256().equals(sha256)) {
            try {
                ask(Words.changed(claim.name(), supply.where()));
            } catch (ProblemException e) {
                got.delete();
                throw e;
            }
        }
    }

    private Optional<Blob> pinned(String name) throws IOException {
        for (Arch arch : wish.families()) {
            Optional<Entry> entry = cache.entry(wish.talos(), wish.image(), arch);
            int at = names(arch).indexOf(name);
            if (entry.isPresent() && entry.get().origin() == Origin.PINNED && at >= 0) {
                return Optional.of(at == 0 ? entry.get().kernel() : entry.get().initramfs());
            }
        }
        return Optional.empty();
    }

    private BootFiles remembered(Arch arch, List<Claim> claims) throws ProblemException {
        List<String> names = names(arch);
        Entry entry =
                new Entry(
                        wish.talos().toString(),
                        wish.image().id(),
                        arch,
                        Objects.requireNonNull(blobs.get(names.get(0))),
                        Objects.requireNonNull(blobs.get(names.get(1))),
                        weaker(claims.get(0).origin(), claims.get(1).origin()),
                        clock.instant());
        cache.remember(entry);
        return cache.placed(entry);
    }

    /// Opens the place the files come from; only when something is missing.
    interface Opener {
        Supply open() throws IOException, InterruptedException;
    }

    /// Kernel first.
    private static List<String> names(Arch arch) {
        return List.of("vmlinuz-" + arch, "initramfs-" + arch + ".xz");
    }

    private static Origin weaker(Origin a, Origin b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
