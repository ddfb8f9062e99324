package dev.ichor.netboot;
import dev.ichor.boot.*;
import java.io.IOException;
public final class BootServer implements AutoCloseable {
  public static BootServer start(Setup s, BootTree tree, Loaders loaders, Gate gate, BootLog log) throws IOException { throw new IOException(); }
  public Ports ports() { throw new IllegalStateException(); }
  public void await() throws InterruptedException {}
  @Override public void close() {}
}
