package dev.ichor.router;

import dev.ichor.cluster.Machine;

import java.io.IOException;
import java.util.List;

/// A UniFi console: reads what it has set, and changes it one thing at a time.
///
/// Before a change it looks whether the router still stands where the owner saw it, after it
/// whether the router shows the new value.
public final class UniFi {
    private final UniFiWeb web;
    private final Classic api;

    private UniFi(UniFiWeb web, String site) {
        this.web = web;
        this.api = new Classic(web, site);
    }

    /// Connects and logs in.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the console is away, shows another
    ///   certificate, or refuses
    public static UniFi open(Console console, Console.Login login, Console.Around around)
            throws IOException, InterruptedException {
        return new UniFi(new UniFiWeb(console, login, around), console.site());
    }

    /// SHA-256 of the console's certificate; empty before the first answer.
    public String fingerprint() {
        return web.fingerprint();
    }

    /// What is set now.
    public Settings settings() throws IOException, InterruptedException {
        return api.settings();
    }

    /// The machines on its networks.
    public List<Machine> clients() throws IOException, InterruptedException {
        return api.clients();
    }

    /// Writes one change and reads it back; one that is there already is not written.
    ///
    /// @throws dev.ichor.cluster.ProblemException when it is rejected, not kept, or the router was
    ///   changed meanwhile
    public void write(Change change) throws IOException, InterruptedException {
        Settings now = settings();
        if (now.isAfter(change)) {
            return;
        }
        if (!now.isBefore(change)) {
            throw UniFiWords.changedMeanwhile(change);
        }
        api.write(change);
        if (!settings().isAfter(change)) {
            throw UniFiWords.notKept(change);
        }
    }
}
