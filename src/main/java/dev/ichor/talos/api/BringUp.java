package dev.ichor.talos.api;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.*;
import dev.ichor.talos.Secrets;
import java.util.Optional;
import java.util.function.Function;
public final class BringUp {
  public BringUp(ClusterPlan p, Secrets s, Function<Mac, Optional<Ip4>> a, Object w, BootLog l) {}
  public void run() throws Exception {}
}
