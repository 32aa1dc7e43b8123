package im.linnet.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The brokers of this test class are the official image in a container. A class that extends
 * another one and does nothing but carry this annotation runs the same tests there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag(Containers.TAG)
@ExtendWith(OnContainers.Brokers.class)
public @interface OnContainers {
  /** Switches where brokers come from, for the time of the class. */
  final class Brokers implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      TestBroker.onContainers(true);
    }

    @Override
    public void afterAll(ExtensionContext context) {
      TestBroker.onContainers(false);
    }
  }
}
