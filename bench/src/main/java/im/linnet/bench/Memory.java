package im.linnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a JVM on this machine. Linux only: it reads {@code /proc}. */
final class Memory implements AutoCloseable {
  private static final String RESIDENT = "VmRSS:";
  private static final int KIB = 1024;

  private final long pid;
  private final JvmBeans beans;

  private Memory(long pid, JvmBeans beans) {
    this.pid = pid;
    this.beans = beans;
  }

  /**
   * Bytes.
   *
   * @param resident of the process in memory, as it stands before the collection
   * @param heap of live objects: what is left after a collection
   */
  record Size(long resident, long heap) {
    Size minus(Size other) {
      return new Size(resident - other.resident, heap - other.heap);
    }
  }

  static Memory of(long pid) throws IOException {
    return new Memory(pid, JvmBeans.of(pid));
  }

  Size size() throws IOException {
    long resident = resident();
    return new Size(resident, beans.liveHeap());
  }

  private long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(RESIDENT)) {
        return KIB * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(status + " does not tell the resident memory");
  }

  @Override
  public void close() throws IOException {
    beans.close();
  }
}
