package im.linnet.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The management beans of another JVM of this user on this machine, by its management agent. */
final class JvmBeans implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private JvmBeans(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /**
   * Connects to a process. It must be a JVM: another one may take the question for a signal to end.
   *
   * @throws IOException if it does not answer
   */
  @SuppressWarnings("BanJNDI") // the address is that of a process that the bench has started
  static JvmBeans of(long pid) throws IOException {
    VirtualMachine jvm;
    try {
      jvm = VirtualMachine.attach(Long.toString(pid));
    } catch (AttachNotSupportedException e) {
      throw new IOException("the JVM of process " + pid + " does not answer", e);
    }
    try {
      String address = jvm.startLocalManagementAgent();
      return new JvmBeans(JMXConnectorFactory.connect(new JMXServiceURL(address)));
    } finally {
      jvm.detach();
    }
  }

  MBeanServerConnection beans() {
    return beans;
  }

  /** The bytes that its heap holds after a full collection. */
  long liveHeap() throws IOException {
    MemoryMXBean memory =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
