package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What users do all the time: about 1,000 messages a second, one in twenty of them to a topic,
 * whose members come and go meanwhile, and steps between friends.
 */
final class Load implements AutoCloseable {
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final int TOPICS = 4;
  private static final int MOST_OPEN = 5_000;
  private static final int MOST_COMMANDS = 3;
  private static final List<String> STEPS =
      List.of("add_friend", "accept_friend", "reject_friend", "remove_friend");

  private final List<StrictUser> users;
  private final Random random;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private int bursts;

  private Load(List<StrictUser> users, Random random) {
    this.users = users;
    this.random = random;
  }

  /** Makes the topics, and begins. */
  static Load begin(List<StrictUser> users, Random random) {
    Load load = new Load(users, random);
    await().atMost(SETTLE).until(() -> users.stream().allMatch(StrictUser::isLive));
    for (int topic = 0; topic < TOPICS; topic++) {
      load.create(topic);
    }
    load.awaitOutcomes();
    load.thread.scheduleAtFixedRate(load::burst, 0, 10, TimeUnit.MILLISECONDS);
    return load;
  }

  /** Ends it, and waits until everybody is connected and has an answer to everything. */
  void end() throws InterruptedException {
    thread.shutdown();
    assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    awaitOutcomes();
  }

  private void awaitOutcomes() {
    await("everybody is connected and everything has an outcome")
        .atMost(SETTLE)
        .until(
            () ->
                users.stream().allMatch(StrictUser::isLive)
                    && users.stream().allMatch(user -> user.unacked() == 0));
  }

  /** In one of them members see what was there before them. */
  private void create(int topic) {
    List<String> members = candidates(topic).stream().map(StrictUser::name).toList();
    command(
        users.get(topic), "topic.create", topic, Map.of("members", members, "history", topic == 0));
  }

  private void burst() {
    for (int i = 0; i < 10; i++) {
      StrictUser from = any(users);
      StrictUser to = any(users);
      if (from != to && from.unacked() < MOST_OPEN) {
        from.send(to.name(), "load \"ü\\ 😀\" " + random.nextInt());
      }
    }
    bursts++;
    if (bursts % 2 == 0) {
      int topic = random.nextInt(TOPICS);
      StrictUser from = any(candidates(topic));
      String uuid = UUID.randomUUID().toString();
      from.ask(new Ask.Send("topic", from.name(), id(topic), "to all " + bursts, uuid));
    }
    if (bursts % 12 == 0) {
      comeOrGo(random.nextInt(TOPICS));
    }
    if (bursts % 12 == 6) {
      befriend();
    }
  }

  /** One member more or less, if the one who asks may: the founder stays. */
  private void comeOrGo(int topic) {
    StrictUser founder = users.get(topic);
    StrictUser member = any(candidates(topic));
    switch (random.nextInt(5)) {
      case 0 -> command(member, "topic.leave", topic, Map.of());
      case 1 -> command(founder, "topic.kick", topic, Map.of("member", member.name()));
      case 2 ->
          command(
              any(candidates(topic)),
              "topic.invite",
              topic,
              Map.of("members", List.of(member.name())));
      default -> command(member, "topic.join", topic, Map.of());
    }
  }

  private void command(StrictUser by, String op, int topic, Map<String, ?> fields) {
    ask(by, Ask.Command.ofTopic(op, id(topic), by.name(), UUID.randomUUID().toString(), fields));
  }

  /** Of few, so that there is something to answer and to end. */
  private void befriend() {
    StrictUser by = any(users.subList(0, 6));
    StrictUser to = any(users.subList(0, 6));
    if (by != to) {
      String type = STEPS.get(random.nextInt(STEPS.size()));
      String uuid = UUID.randomUUID().toString();
      ask(by, Ask.Command.ofFriends(type, by.name(), to.name(), uuid));
    }
  }

  /** Nobody asks for more while it waits for so many answers: nobody may judge just now. */
  private static void ask(StrictUser by, Ask.Command command) {
    if (by.openCommands() < MOST_COMMANDS) {
      by.ask(command);
    }
  }

  private static String id(int topic) {
    return "load" + topic;
  }

  /** Half of the users; the founder is among them. */
  private List<StrictUser> candidates(int topic) {
    return IntStream.range(0, users.size())
        .filter(i -> i % TOPICS == topic || i % TOPICS == (topic + 1) % TOPICS)
        .mapToObj(users::get)
        .toList();
  }

  private StrictUser any(List<StrictUser> some) {
    return some.get(random.nextInt(some.size()));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
