package im.linnet.cli;

import im.linnet.cli.config.SettingSources;
import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The command objects. A command that can print its settings gets their sources. */
final class Commands implements IFactory {
  private final SettingSources sources;

  Commands(SettingSources sources) {
    this.sources = sources;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0] == SettingSources.class) {
        return type.cast(constructor.newInstance(sources));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
