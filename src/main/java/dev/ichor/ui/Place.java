package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;

import org.jspecify.annotations.Nullable;

/// What a machine may be in the cluster, as the owner chooses it.
enum Place {
    UNUSED(null),
    CONTROL_PLANE(Role.CONTROL_PLANE),
    WORKER(Role.WORKER);

    private final @Nullable Role role;

    Place(@Nullable Role role) {
        this.role = role;
    }

    @Nullable Role role() {
        return role;
    }

    /// Puts a machine there.
    Intent intent(Mac mac) {
        return role == null ? new Intent.Edit(d -> d.release(mac)) : new Intent.Assign(mac, role);
    }

    static Place of(Draft.@Nullable Wish wish) {
        if (wish == null) {
            return UNUSED;
        }
        return of(wish.role());
    }

    static Place of(Role role) {
        return switch (role) {
            case CONTROL_PLANE -> CONTROL_PLANE;
            case WORKER -> WORKER;
        };
    }

    @Override
    public String toString() {
        return text("place." + name());
    }
}
