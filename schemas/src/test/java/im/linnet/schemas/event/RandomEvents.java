package im.linnet.schemas.event;

import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.List;
import java.util.Random;

/** Inbox events from a seed: every kind, with any Unicode text where text is allowed. */
public final class RandomEvents {
  private static final String NAME_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@-";

  private final Random random;

  public RandomEvents(Random random) {
    this.random = random;
  }

  public InboxEvent next() {
    return random.nextInt(3) == 0 ? nextOfTopic() : nextOfUser();
  }

  private InboxEvent nextOfTopic() {
    MessageEvent message =
        new MessageEvent(Stream.TOPIC, text(1, 64), name(), name(), name(), text(0, 200));
    Extent extent =
        random.nextBoolean()
            ? new Extent.UpTo(position(Stream.TOPIC))
            : new Extent.Uuids(List.of(text(1, 64)));
    Audience audience = random.nextBoolean() ? Audience.ALL : Audience.READER;
    TopicAct act = new TopicAct(name(), name(), text(1, 64));
    JoinPolicy join = random.nextBoolean() ? JoinPolicy.OPEN : JoinPolicy.INVITE;
    return switch (random.nextInt(11)) {
      case 0 -> message;
      case 1 -> new RecallEvent(message.identity(), null);
      case 2 -> new EditEvent(message.identity(), text(0, 200), null);
      case 3 -> new ReadEvent(Stream.TOPIC, name(), name(), extent, audience);
      case 4 ->
          new CreatedEvent(act, List.of(name(), name()), text(1, 128), join, random.nextBoolean());
      case 5 -> new JoinedEvent(act, List.of(name(), name(), name()));
      case 6 -> new LeftEvent(act, name());
      case 7 -> new KickedEvent(act, name());
      case 8 -> new RenamedEvent(act, text(1, 128));
      case 9 -> new TransferredEvent(act, name());
      default -> new DisbandedEvent(act);
    };
  }

  private InboxEvent nextOfUser() {
    Stream kind = random.nextBoolean() ? Stream.P2P : Stream.MUTUAL;
    MessageEvent message =
        new MessageEvent(kind, text(1, 64), name(), name(), name(), text(0, 200));
    Extent extent =
        random.nextBoolean()
            ? new Extent.UpTo(position(kind))
            : new Extent.Uuids(List.of(text(1, 64), text(1, 64)));
    ReadEvent read = new ReadEvent(kind, name(), name(), extent);
    Origin of = new Origin(position(kind), random.nextLong(1L << 42));
    Origin perhaps = random.nextBoolean() ? of : null;
    if (kind == Stream.MUTUAL && random.nextInt(3) == 0) {
      return decided(message);
    }
    return switch (random.nextInt(6)) {
      case 0 -> message;
      case 4 -> new RecallEvent(message.identity(), perhaps);
      case 3 -> new EditEvent(message.identity(), text(0, 200), perhaps);
      case 1 -> new SentEvent(message, of);
      case 2 -> read;
      default -> new ReceiptEvent(read, of);
    };
  }

  /** The next event of the stream of profiles. */
  public PersonalEvent nextPersonal() {
    return switch (random.nextInt(4)) {
      case 0 -> new ProfileEvent(name(), text(0, 64), null);
      case 1 -> new ProfileEvent(name(), null, "https://example.org/" + name());
      case 2 -> new ContactEvent(name(), name(), text(0, 64), null);
      default -> new ContactEvent(name(), name(), null, List.of(text(1, 32), text(1, 32)));
    };
  }

  private InboxEvent decided(MessageEvent message) {
    String from = message.from();
    String to = message.to();
    return switch (random.nextInt(3)) {
      case 0 ->
          new FriendEvent(one(FriendAct.values()), message.uuid(), from, to, message.content());
      case 1 -> new BlockEvent(one(BlockAct.values()), message.uuid(), from, to);
      default ->
          new VerdictEvent(
              Stream.MUTUAL,
              PairKey.of(from, to),
              from,
              message.uuid(),
              random.nextInt(10_000),
              random.nextBoolean() ? message.content() : null,
              random.nextBoolean() ? text(1, 16) : null,
              random.nextBoolean()
                  ? new Origin(position(Stream.MUTUAL), random.nextLong(1L << 50))
                  : null);
    };
  }

  private <T> T one(T[] all) {
    return all[random.nextInt(all.length)];
  }

  private Position position(Stream stream) {
    return new Position(stream, random.nextInt(64), random.nextLong(1L << 50));
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int length = 1 + random.nextInt(64); length > 0; length--) {
      name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
    }
    return name.toString();
  }

  /** Any code points but surrogates, small ones more often than their share. */
  private String text(int least, int most) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(least, most + 1); length > 0; length--) {
      int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1) >> random.nextInt(21);
      boolean surrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(surrogate ? 'x' : codePoint);
    }
    return text.toString();
  }
}
