package im.linnet.client;

import java.util.List;

/**
 * The readers of a message, without its sender.
 *
 * @param readers the first ones by name, 200 at most
 * @param count all of them
 */
public record Receipts(List<String> readers, int count) {
  public Receipts {
    readers = List.copyOf(readers);
  }
}
