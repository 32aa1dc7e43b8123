package im.linnet.records.memory;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** All text that an object of ours keeps: strings and bytes that can be reached from it. */
final class ReachableText {
  private static final String OURS = "im.linnet.";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> left = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();

  private ReachableText() {}

  static String of(Object root) {
    ReachableText reachable = new ReachableText();
    reachable.meet(root);
    while (!reachable.left.isEmpty()) {
      reachable.look(reachable.left.remove());
    }
    return reachable.text.toString();
  }

  private void meet(Object found) {
    if (found != null && seen.add(found)) {
      left.add(found);
    }
  }

  private void look(Object at) {
    switch (at) {
      case String string -> text.append(string).append('\n');
      case byte[] bytes -> text.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
      case Object[] array -> {
        for (Object each : array) {
          meet(each);
        }
      }
      case Map<?, ?> map -> {
        map.keySet().forEach(this::meet);
        map.values().forEach(this::meet);
      }
      case Iterable<?> several -> several.forEach(this::meet);
      default -> fields(at);
    }
  }

  private void fields(Object at) {
    for (Class<?> type = at.getClass();
        type != null && type.getName().startsWith(OURS);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          meet(value(field, at));
        }
      }
    }
  }

  private static Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field + " cannot be read", e);
    }
  }
}
