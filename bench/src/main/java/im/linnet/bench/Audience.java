package im.linnet.bench;

import im.linnet.schemas.Stream;
import java.util.List;
import java.util.SplittableRandom;

/** To whom the users of a load write. Immutable. */
sealed interface Audience {
  /** How many users there are. */
  int users();

  /** The stream of the messages. */
  Stream stream();

  /** The user or the topic that a user's next message goes to. */
  String next(int user, SplittableRandom random);

  /** How many users get each message, beside its sender. */
  int receivers();

  /** The first user asks for this before any load: frames without their {@code id}. */
  List<String> preparations();

  /** Each user writes to its contacts. */
  record People(Contacts contacts) implements Audience {
    @Override
    public int users() {
      return contacts.users();
    }

    @Override
    public Stream stream() {
      return Stream.P2P;
    }

    @Override
    public String next(int user, SplittableRandom random) {
      return LoadUser.name(contacts.next(user, random));
    }

    @Override
    public int receivers() {
      return 1;
    }

    @Override
    public List<String> preparations() {
      return List.of();
    }
  }

  /** All users are members of one topic. */
  record OneTopic(int users) implements Audience {
    private static final String TOPIC = "crowd";

    @Override
    public Stream stream() {
      return Stream.TOPIC;
    }

    @Override
    public String next(int user, SplittableRandom random) {
      return TOPIC;
    }

    @Override
    public int receivers() {
      return users - 1;
    }

    @Override
    public List<String> preparations() {
      return TopicRequests.making(TOPIC, users - 1, each -> LoadUser.name(each + 1));
    }
  }
}
