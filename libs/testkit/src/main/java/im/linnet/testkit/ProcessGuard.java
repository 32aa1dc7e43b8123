package im.linnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends every started process with the test JVM. An orderly exit runs a shutdown hook. The death of
 * a killed JVM closes a pipe for each process. A small shell waits at the other end, and kills by
 * process id when it reads the end of the pipe. The shell ends with its process.
 */
final class ProcessGuard {
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "testkit-process-guard"));
  }

  private ProcessGuard() {}

  static void watch(Process process) {
    ALIVE.add(process);
    Process shell;
    try {
      shell = shell(process.pid());
    } catch (UncheckedIOException e) {
      process.destroyForcibly();
      throw e;
    }
    CompletableFuture<Process> unused =
        process
            .onExit()
            .whenComplete(
                (ended, failure) -> {
                  shell.destroyForcibly();
                  ALIVE.remove(process);
                });
  }

  private static Process shell(long pid) {
    try {
      return new ProcessBuilder("sh", "-c", "read nothing; kill -KILL " + pid).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the shell that guards pid " + pid, e);
    }
  }
}
