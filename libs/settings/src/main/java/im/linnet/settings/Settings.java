package im.linnet.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a record, and of the records that are its components. A record that has some
 * calls {@link #check} in its constructor, so that none exists whose settings are out of bounds.
 */
public final class Settings {
  private Settings() {}

  /**
   * A setting of a record.
   *
   * @param about its flag, default, bounds and meaning
   * @param type {@code int}, {@code long} or {@code Duration}
   */
  public record Item(Setting about, Class<?> type) {
    /** The default. */
    public Comparable<?> value() {
      return parsed(about.value(), type);
    }

    /** The largest value that is taken. */
    public Comparable<?> most() {
      return parsed(about.most(), type);
    }
  }

  /** All settings of a record, those of its components included, in the order of the components. */
  public static List<Item> of(Class<? extends Record> type) {
    List<Item> items = new ArrayList<>();
    for (RecordComponent each : type.getRecordComponents()) {
      Setting about = each.getAnnotation(Setting.class);
      if (about != null) {
        items.add(new Item(about, each.getType()));
      } else if (each.getType().isRecord()) {
        items.addAll(of(each.getType().asSubclass(Record.class)));
      }
    }
    return items;
  }

  /**
   * A record with the default of each setting.
   *
   * @param others its other components, in their order
   */
  public static <R extends Record> R defaults(Class<R> type, @Nullable Object... others) {
    List<@Nullable Object> rest = new ArrayList<>(Arrays.asList(others));
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent each : type.getRecordComponents()) {
      Setting about = each.getAnnotation(Setting.class);
      values.add(about == null ? rest.removeFirst() : parsed(about.value(), each.getType()));
    }
    return made(type, values);
  }

  /**
   * The record with other values of its settings.
   *
   * @param values by flag; null leaves the value that is there
   * @throws SettingException if one is out of bounds, or does not go with another one
   */
  public static <R extends Record> R with(R record, Function<String, @Nullable Object> values) {
    @SuppressWarnings("unchecked") // a record's class is its own
    Class<R> type = (Class<R>) record.getClass();
    if (of(type).isEmpty()) {
      return record;
    }
    List<@Nullable Object> components = new ArrayList<>();
    for (RecordComponent each : type.getRecordComponents()) {
      Object present = component(each, record);
      Setting about = each.getAnnotation(Setting.class);
      Object other = about == null ? null : values.apply(about.flag());
      if (other == null && present instanceof Record inner) {
        other = with(inner, values);
      }
      components.add(other == null ? present : other);
    }
    return made(type, components);
  }

  /**
   * Checks the settings of a record that is being made.
   *
   * @param components all of its components, in their order
   * @throws SettingException if a setting is out of its bounds
   */
  public static void check(Class<? extends Record> type, @Nullable Object... components) {
    RecordComponent[] all = type.getRecordComponents();
    if (all.length != components.length) {
      throw new IllegalStateException(type + " has other components");
    }
    for (int i = 0; i < all.length; i++) {
      Setting about = all[i].getAnnotation(Setting.class);
      Object value = components[i];
      if (about != null && value != null) {
        int least = compare(value, parsed(about.least(), all[i].getType()));
        int most = compare(value, parsed(about.most(), all[i].getType()));
        if (least < 0 || most > 0) {
          throw new SettingException(
              text(value) + " is too " + outside(value instanceof Duration, least < 0),
              about.flag(),
              "give " + about.least() + " to " + about.most());
        }
      }
    }
  }

  private static String outside(boolean time, boolean below) {
    return time ? (below ? "short" : "long") : (below ? "small" : "large");
  }

  /** A value as an operator writes it. */
  public static String text(Object value) {
    return value instanceof Duration time ? Times.text(time) : value.toString();
  }

  private static Comparable<?> parsed(String text, Class<?> type) {
    if (type == Duration.class) {
      return Times.parse(text);
    }
    long number =
        text.equals(Setting.CORES)
            ? Runtime.getRuntime().availableProcessors()
            : Long.parseLong(text);
    return type == int.class ? Comparable.class.cast(Math.toIntExact(number)) : number;
  }

  @SuppressWarnings("unchecked") // both have the type of the component
  private static int compare(Object value, Comparable<?> bound) {
    return ((Comparable<Object>) value).compareTo(bound);
  }

  private static @Nullable Object component(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static <R extends Record> R made(Class<R> type, List<@Nullable Object> components) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(components.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot make a " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }
}
