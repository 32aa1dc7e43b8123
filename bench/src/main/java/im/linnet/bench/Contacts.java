package im.linnet.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whom each user writes to: some contacts of its own, drawn once. By Zipf's law the second gets
 * half as much as the first, the third a third, and so on. People write so; a random recipient for
 * each message is the worst case for every index of a store. Immutable.
 */
final class Contacts {
  private final int[][] ofUser;

  /** For each rank, the share of all messages that goes to it or to a better one. */
  private final double[] shares;

  /**
   * @param users how many there are, 2 at least
   * @param each contacts that a user has; all others, where there are fewer
   * @param random what they are drawn by
   */
  Contacts(int users, int each, SplittableRandom random) {
    int count = Math.min(each, users - 1);
    this.ofUser = new int[users][];
    for (int user = 0; user < users; user++) {
      ofUser[user] = draw(users, user, count, random);
    }
    this.shares = new double[count];
    double sum = 0;
    for (int rank = 0; rank < count; rank++) {
      sum += 1.0 / (rank + 1);
      shares[rank] = sum;
    }
    for (int rank = 0; rank < count; rank++) {
      shares[rank] /= sum;
    }
  }

  /** So many others, each once. */
  private static int[] draw(int users, int user, int count, SplittableRandom random) {
    int[] drawn = new int[count];
    for (int i = 0; i < count; ) {
      int other = random.nextInt(users);
      if (other != user && Arrays.stream(drawn, 0, i).noneMatch(each -> each == other)) {
        drawn[i++] = other;
      }
    }
    return drawn;
  }

  int users() {
    return ofUser.length;
  }

  /** Whom the user writes to next. */
  int next(int user, SplittableRandom random) {
    int found = Arrays.binarySearch(shares, random.nextDouble());
    int rank = found < 0 ? -found - 1 : found + 1;
    return ofUser[user][Math.min(rank, shares.length - 1)];
  }
}
