package im.linnet.testkit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out the tests that need a Docker engine where none answers; {@link LeftOutTests} says so.
 * JUnit finds it on the class path.
 */
public final class DockerTests implements PostDiscoveryFilter {
  private static final TestTag TAG = TestTag.create(Containers.TAG);
  private static final AtomicBoolean LEFT_OUT = new AtomicBoolean();

  /** Whether tests were left out in this JVM. */
  static boolean leftOut() {
    return LEFT_OUT.get();
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    FilterResult result = apply(test.getTags().contains(TAG), Containers::available);
    if (result.excluded()) {
      LEFT_OUT.set(true);
    }
    return result;
  }

  /** One test, by whether it needs an engine; the engine is asked for only then. */
  static FilterResult apply(boolean needed, BooleanSupplier available) {
    if (!needed || available.getAsBoolean()) {
      return FilterResult.included("it can run");
    }
    return FilterResult.excluded("no Docker engine answers");
  }
}
