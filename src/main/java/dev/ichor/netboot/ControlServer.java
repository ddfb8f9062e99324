package dev.ichor.netboot;

import dev.ichor.boot.*;

import java.io.IOException;

public final class ControlServer implements AutoCloseable {
    public static ControlServer start(String token, BootLog log, Gate gate) throws IOException {
        throw new IOException();
    }

    public int port() {
        return 0;
    }

    @Override
    public void close() {}
}
