package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Two sessions ask at once for what only one can have. Round after round one wins, both are told
 * the truth, and a repeat of a request on another connection gets the first verdict. One thread.
 */
abstract class Race implements AutoCloseable {
  private final Logins logins;
  private final List<Talker> talkers = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private int made;

  Race(Logins logins) {
    this.logins = logins;
  }

  /**
   * One more race. It fails where something is not as it ought to be.
   *
   * @param number 0, 1, 2, ... in turn
   * @return the outcome, in a word
   */
  abstract String round(int number);

  /** All that was asked for so far. */
  final List<Attempt> attempts() {
    return attempts;
  }

  /** How often a request was answered 5003 so far. */
  final int repeats() {
    return talkers.stream().mapToInt(Talker::repeats).sum();
  }

  final Logins logins() {
    return logins;
  }

  final Talker login(int edge, String user) {
    return login(edge, user, "default");
  }

  final Talker login(int edge, String user, String device) {
    return joined(logins.login(edge, user, device));
  }

  /** Takes in a talker, which it closes at the end. */
  final Talker joined(Talker talker) {
    talkers.add(talker);
    return talker;
  }

  /** A command about a topic, as one session will ask and another one will repeat. */
  final Attempt ofTopic(
      Talker by, Talker later, String op, String topic, String uuid, Object... fields) {
    List<Object> all = new ArrayList<>(List.of("topic", topic, "uuid", uuid));
    all.addAll(List.of(fields));
    return begun(new Attempt(topic, by, later, uuid, op, all));
  }

  /** A step between friends. */
  final Attempt ofFriends(Talker by, Talker later, String to, String type, String uuid) {
    return begun(new Attempt(pair(by.name(), to), by, later, uuid, "send", step(to, type, uuid)));
  }

  private Attempt begun(Attempt attempt) {
    attempts.add(attempt);
    return attempt;
  }

  /** Takes a step between friends that nobody contests. */
  final String steps(Talker by, String to, String type) {
    String uuid = by.name() + "-" + to + "-" + made++;
    by.does("send", step(to, type, uuid).toArray());
    return uuid;
  }

  private static List<Object> step(String to, String type, String uuid) {
    return List.of("kind", "mutual", "to", to, "type", type, "content", "", "uuid", uuid);
  }

  /** The key of the commands of two users. */
  static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + "|" + other : other + "|" + one;
  }

  /** Asks for both at once; who is first by a hair changes from round to round. */
  static void meet(int number, Attempt one, Attempt other) {
    (number % 2 == 0 ? one : other).begin();
    (number % 2 == 0 ? other : one).begin();
    one.end();
    other.end();
  }

  /** Repeats both on other connections. */
  static void repeat(Attempt one, Attempt other) {
    assertThat(one.again()).as("%s again", one).isEqualTo(one.code());
    assertThat(other.again()).as("%s again", other).isEqualTo(other.code());
  }

  /** Returns the one that won; the other must have been refused with that code. */
  static Attempt winner(int number, Attempt one, Attempt other, int refusal) {
    meet(number, one, other);
    assertThat(List.of(one.code(), other.code()))
        .as("%s and %s", one, other)
        .containsExactlyInAnyOrder(0, refusal);
    repeat(one, other);
    return one.code() == 0 ? one : other;
  }

  @Override
  public void close() {
    talkers.forEach(Talker::close);
  }
}
