package im.linnet.records;

import java.util.List;

/**
 * The readers of a message.
 *
 * @param names the first of them by name, as many as were asked for; the sender not among them
 * @param count how many have read it
 */
public record Readers(List<String> names, long count) {
  public Readers {
    names = List.copyOf(names);
  }
}
