package im.linnet.cli.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Tests of the page in real browsers. Each gets its {@link Visitors}, which end with it. */
@Tag("browser")
@ExtendWith(WebTest.Resolver.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface WebTest {
  /** Starts the server with the first test and ends it after the last one of the JVM. */
  final class Resolver implements ParameterResolver {
    private static final Namespace OWN = Namespace.create(WebTest.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Visitors.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      SharedUp up =
          context
              .getRoot()
              .getStore(OWN)
              .computeIfAbsent(SharedUp.class, key -> new SharedUp(), SharedUp.class);
      return context
          .getStore(OWN)
          .computeIfAbsent(Visitors.class, key -> new Visitors(up), Visitors.class);
    }
  }
}
