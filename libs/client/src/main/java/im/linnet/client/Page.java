package im.linnet.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer list.
 *
 * @param items the items in the order of the list; a page may be shorter than the request
 * @param next the place of the next page, for the same request again; null at the end of the list
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}
