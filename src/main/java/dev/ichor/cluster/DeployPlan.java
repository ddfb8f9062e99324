package dev.ichor.cluster;

import java.util.List;

/// What copying a tree to the NAS would do, shown before it is done.
///
/// @param target where it goes
/// @param create paths that are new there
/// @param replace paths that differ there
/// @param keep paths that are the same already
/// @param delete paths that we put there and that are needed no more
/// @param foreign paths that somebody else has changed since we put them there
/// @param bytes how much is to be copied
public record DeployPlan(
        NasTarget target,
        List<String> create,
        List<String> replace,
        List<String> keep,
        List<String> delete,
        List<String> foreign,
        long bytes) {
    /// Copies the lists.
    public DeployPlan {
        create = List.copyOf(create);
        replace = List.copyOf(replace);
        keep = List.copyOf(keep);
        delete = List.copyOf(delete);
        foreign = List.copyOf(foreign);
    }
}
