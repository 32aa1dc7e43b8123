package im.linnet.log.tail;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash map whose keys are the raw record keys of the log. A look-up takes the bytes and their
 * hash, and allocates nothing. Owned by one thread.
 */
final class KeyTable<T> {
  private static final int FIRST_BUCKETS = 16;

  private @Nullable Node<T>[] buckets = buckets(FIRST_BUCKETS);
  private int size;

  private static final class Node<T> {
    final int hash;
    final byte[] key;
    T value;
    @Nullable Node<T> next;

    Node(int hash, byte[] key, T value, @Nullable Node<T> next) {
      this.hash = hash;
      this.key = key;
      this.value = value;
      this.next = next;
    }
  }

  int size() {
    return size;
  }

  /** The value of that key, null without one. */
  @Nullable T get(int hash, byte[] key) {
    Node<T> node = find(hash, key);
    return node == null ? null : node.value;
  }

  /** Sets the value of that key. Returns the former value, null without one. */
  @Nullable T put(int hash, byte[] key, T value) {
    Node<T> node = find(hash, key);
    if (node != null) {
      T before = node.value;
      node.value = value;
      return before;
    }
    int bucket = hash & (buckets.length - 1);
    buckets[bucket] = new Node<>(hash, key, value, buckets[bucket]);
    size++;
    if (size > buckets.length) {
      grow();
    }
    return null;
  }

  /** Removes that key. Returns its value, null without one. */
  @Nullable T remove(int hash, byte[] key) {
    int bucket = hash & (buckets.length - 1);
    Node<T> before = null;
    for (Node<T> node = buckets[bucket]; node != null; node = node.next) {
      if (node.hash == hash && Arrays.equals(node.key, key)) {
        if (before == null) {
          buckets[bucket] = node.next;
        } else {
          before.next = node.next;
        }
        size--;
        return node.value;
      }
      before = node;
    }
    return null;
  }

  /** Visits every entry, in no fixed order. The table must not change meanwhile. */
  void forEach(BiConsumer<byte[], T> visitor) {
    for (Node<T> head : buckets) {
      for (Node<T> node = head; node != null; node = node.next) {
        visitor.accept(node.key, node.value);
      }
    }
  }

  private @Nullable Node<T> find(int hash, byte[] key) {
    Node<T> node = buckets[hash & (buckets.length - 1)];
    while (node != null && (node.hash != hash || !Arrays.equals(node.key, key))) {
      node = node.next;
    }
    return node;
  }

  private void grow() {
    @Nullable Node<T>[] old = buckets;
    buckets = buckets(2 * old.length);
    for (Node<T> head : old) {
      Node<T> node = head;
      while (node != null) {
        Node<T> next = node.next;
        int bucket = node.hash & (buckets.length - 1);
        node.next = buckets[bucket];
        buckets[bucket] = node;
        node = next;
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java cannot make an array of a generic type
  private static <T> @Nullable Node<T>[] buckets(int count) {
    return new Node[count];
  }
}
