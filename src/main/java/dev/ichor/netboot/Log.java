package dev.ichor.netboot;

/// What is for us and not for the owner. A logger is asked for when there is something to log,
/// never held: the first one makes Java look into every jar, which would be a third of the
/// program's start.
final class Log {
    private Log() {}

    static System.Logger of(Class<?> who) {
        return System.getLogger(who.getName());
    }
}
