package im.linnet.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts a child as a test would, says its process id, and waits to be killed. */
final class ParentMain {
  private ParentMain() {}

  public static void main(String[] arguments) {
    OsProcess child =
        OsProcess.start("child", Path.of(arguments[0]), List.of("sleep", "300"), Map.of());
    System.out.println("child " + child.pid());
    child.awaitExit(Duration.ofMinutes(5));
  }
}
