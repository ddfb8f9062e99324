package dev.ichor;

import dev.ichor.cluster.NasTarget;
import dev.ichor.steps.Owner;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import java.nio.file.Path;

/// A program that has a cluster open until it is killed.
final class Holder {
    static final Owner OWNER =
            new Owner() {
                @Override
                public char[] password(NasTarget target) {
                    return new char[0];
                }

                @Override
                public boolean accept(NasTarget target, String hostKey) {
                    return false;
                }
            };

    private Holder() {}

    public static void main(String[] args) throws Exception {
        try (Session session = new Wiring().open(Path.of(args[0]), OWNER)) {
            session.edit(d -> d.named("lab"));
            session.skip(Step.COPY);
            System.out.println("open");
            System.in.read();
        }
    }
}
