package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.SealReport;
import dev.ichor.cluster.SelfTestLine;
import dev.ichor.nas.Access;
import dev.ichor.nas.Nas;
import dev.ichor.nas.SelfTest;
import dev.ichor.nas.SshAgent;
import dev.ichor.nas.SshCompose;
import dev.ichor.netboot.Answers;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Step 6: the tree, assembled for the NAS, onto the NAS.
public final class Copy {
    private static final int TFTP = 69;

    private static final String CONFIGS =
            ". The machines' configs with the cluster's secrets lie on the NAS, as you chose: seal"
                    + " them (ichor deploy --seal) once all machines are installed";

    private Copy() {}

    static String run(Session session, Owner owner, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return copy(session, owner, tree(session), progress);
    }

    /// The owner's opt-in: the configs go to the NAS as well.
    ///
    /// @param typed the cluster's name, which confirms it
    /// @return what was done
    /// @throws IOException when it is not confirmed, the tree cannot be assembled, or the NAS
    ///   refuses, goes away or lets others read
    public static String configs(Session session, Owner owner, String typed)
            throws IOException, InterruptedException {
        String name = Needs.plan(session).name();
        if (!name.equals(typed)) {
            throw ConfigsOnNas.notConfirmed(name);
        }
        session.edit(d -> d.copiedTo(held(d, true)));
        return copy(session, owner, tree(session), Amount.IGNORE);
    }

    /// The same, asking the session's own owner.
    public static String configs(Session session, String typed)
            throws IOException, InterruptedException {
        return configs(session, session.owner(), typed);
    }

    private static @Nullable NasTarget held(Draft d, boolean configs) {
        NasTarget nas = d.nas();
        return nas == null ? null : nas.holding(configs);
    }

    /// [#seal(Session, Owner)], asking the session's own owner.
    public static SealReport seal(Session session) throws IOException, InterruptedException {
        return seal(session, session.owner());
    }

    /// Takes the configs off the NAS again, and what points to them.
    ///
    /// @throws IOException when the tree cannot be assembled, or the NAS refuses or goes away
    public static SealReport seal(Session session, Owner owner)
            throws IOException, InterruptedException {
        BootTree tree = NasTree.of(session, base(session));
        Set<String> configs =
                Needs.plan(session).nodes().stream()
                        .map(n -> n.hostname() + ".yaml")
                        .collect(Collectors.toSet());
        try (Nas nas = connect(session, owner)) {
            SealReport report = nas.seal(configs);
            nas.deploy(tree, Amount.IGNORE);
            if (report.left().isEmpty()) {
                session.edit(d -> d.copiedTo(held(d, false)));
            }
            return report;
        }
    }

    private static String copy(
            Session session, Owner owner, BootTree tree, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        try (Nas nas = connect(session, owner)) {
            DeployPlan plan = nas.plan(tree);
            session.change(s -> s.with(s.results().with(plan)));
            DeployReport report = nas.deploy(tree, progress);
            return report.copied()
                    + " files copied and read back, "
                    + report.kept()
                    + " were there already"
                    + (report.deleted() == 0 ? "" : ", " + report.deleted() + " taken away")
                    + verdict(session, tree)
                    + (target(session).configs() ? CONFIGS : "");
        }
    }

    /// Of a NAS that boots the machines, the first thing that is not as it should be; not yet being
    /// served is no failure of copying.
    private static String verdict(Session session, BootTree tree) throws IOException {
        if (!session.snapshot().draft().mode().onNas()) {
            return "";
        }
        return test(session, tree).stream()
                .filter(l -> !l.good())
                .findFirst()
                .map(l -> ". " + l.sentence())
                .orElse(". The NAS answers as this PC would.");
    }

    /// Asks the NAS what a booting machine asks it.
    ///
    /// @throws IOException when the tree cannot be assembled
    public static List<SelfTestLine> test(Session session)
            throws IOException, InterruptedException {
        return test(session, tree(session));
    }

    private static List<SelfTestLine> test(Session session, BootTree tree) throws IOException {
        Map<String, String> answers = new LinkedHashMap<>();
        List<String> targets = new ArrayList<>(List.of("/boot.ipxe"));
        session.plan().ifPresent(p -> p.nodes().forEach(n -> targets.add("/ipxe?mac=" + n.mac())));
        for (String target : targets) {
            Answers.of(tree, target).ifPresent(text -> answers.put(target, text));
        }
        URI base = base(session);
        List<SelfTestLine> lines = new SelfTest(tree, base, TFTP, answers).run();
        session.change(s -> s.with(s.results().withTest(lines)));
        return lines;
    }

    /// What copying would do; changes nothing.
    ///
    /// @throws IOException when the tree cannot be assembled, or the NAS refuses or goes away
    public static DeployPlan plan(Session session, Owner owner)
            throws IOException, InterruptedException {
        BootTree tree = tree(session);
        try (Nas nas = connect(session, owner)) {
            return nas.plan(tree);
        }
    }

    /// Puts the state before the last copying back.
    ///
    /// @return how many files
    /// @throws IOException when nothing was kept, or the NAS refuses or goes away
    public static int undo(Session session, Owner owner) throws IOException, InterruptedException {
        try (Nas nas = connect(session, owner)) {
            return nas.undo();
        }
    }

    /// Starts the copied containers by SSH, for a NAS without Container Manager's projects.
    ///
    /// @return what docker said
    /// @throws IOException when the NAS does not let us in, or docker fails
    public static String startContainers(Session session, Owner owner)
            throws IOException, InterruptedException {
        NasTarget target = target(session);
        return SshCompose.up(target, access(target, owner), key -> owner.accept(target, key));
    }

    /// What that runs on the NAS.
    ///
    /// @throws ProblemException when no NAS was named
    public static String containersCommand(Session session) throws ProblemException {
        return SshCompose.command(target(session));
    }

    /// With the configs as long as the owner wants them there.
    private static BootTree tree(Session session) throws IOException, InterruptedException {
        URI base = base(session);
        return target(session).configs()
                ? NasTree.withConfigs(session, base)
                : NasTree.of(session, base);
    }

    private static Nas connect(Session session, Owner owner)
            throws IOException, InterruptedException {
        NasTarget target = target(session);
        Access access = access(target, owner);
        Nas nas = Nas.connect(target, access, key -> owner.accept(target, key));
        session.edit(d -> d.copiedTo(target.pinned(nas.hostKey())));
        return nas;
    }

    private static Access access(NasTarget target, Owner owner) throws ProblemException {
        Supplier<String> code = () -> owner.oneTimeCode(target);
        String key = owner.key(target).orElse(target.key());
        if (key == null || key.isBlank()) {
            return new Access.Password(() -> owner.password(target), code);
        }
        if (key.equals(NasTarget.AGENT)) {
            return new Access.Agent(SshAgent.ofThisPc(), code);
        }
        Path file = Access.keyFile(key);
        return new Access.KeyFile(file, () -> owner.keyPassphrase(file), code);
    }

    /// Where the NAS's Matchbox answers.
    static URI base(Session session) throws ProblemException {
        return TreeFolder.parse(target(session).httpBase());
    }

    static NasTarget target(Session session) throws ProblemException {
        NasTarget target = session.snapshot().draft().nas();
        if (target == null) {
            throw new ProblemException(
                    "No NAS was named.",
                    "",
                    "Fill in its address and folder, or skip this step: the PC alone can boot the"
                            + " cluster.");
        }
        return target;
    }
}
