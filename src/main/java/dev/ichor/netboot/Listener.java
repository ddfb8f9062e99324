package dev.ichor.netboot;
import dev.ichor.boot.*;
import java.io.IOException;
public final class Listener {
  private Listener() {}
  public static AutoCloseable listen(Setup s, BootLog log) throws IOException { throw new IOException(); }
}
