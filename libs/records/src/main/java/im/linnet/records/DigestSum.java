package im.linnet.records;

import im.linnet.records.Digest.CollectionDigest;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedSet;

/**
 * The hash of one collection: the sum, modulo 2^256, of the SHA-256 of each document's canonical
 * form (fields in a fixed order, each text behind its length).
 *
 * <p>A sum needs no order, so either store streams its documents as they lie and holds none of
 * them. It is sound for what a digest is for, telling two views of one log apart: documents that
 * differ leave sums that differ but for a chance of 2^-256, and unlike an exclusive or a sum also
 * sees a document that is there twice. It is no defence against somebody who forges documents in
 * order to keep a sum.
 *
 * <p>Not thread-safe.
 */
public final class DigestSum {
  private static final int WORDS = 4;

  private final MessageDigest sha256;
  private final ByteArrayOutputStream canonical = new ByteArrayOutputStream(512);
  private final DataOutputStream out = new DataOutputStream(canonical);
  // Least significant word first.
  private final long[] sum = new long[WORDS];
  private long documents;

  public DigestSum() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-256", e);
    }
  }

  /** Adds a stored message. */
  public void add(MessageDocument document) {
    StoredMessage stored = document.stored();
    MessageEvent message = stored.message();
    try {
      text(message.from());
      text(message.to());
      text(message.content());
      out.writeLong(document.timeSeconds());
      text(message.uuid());
      out.writeBoolean(stored.read());
      text(message.token());
      out.writeInt(stored.at().place().partition());
      out.writeLong(stored.at().offset());
      out.writeLong(stored.time());
      out.writeBoolean(stored.revision().recalled());
      out.writeLong(stored.revision().editedAt());
      out.writeLong(stored.revision().offset());
      byte[] raw = stored.raw();
      out.writeInt(raw == null ? -1 : raw.length);
      if (raw != null) {
        out.write(raw);
      }
      if (message.kind() == Stream.TOPIC) {
        texts(document.readers());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds a delivered record. */
  public void add(InboxRecord delivered) {
    try {
      text(delivered.stream().wire());
      text(delivered.key());
      out.writeInt(delivered.partition());
      out.writeLong(delivered.offset());
      out.writeLong(delivered.time());
      out.writeInt(delivered.value().length);
      out.write(delivered.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds a topic. */
  public void add(TopicState topic) {
    try {
      text(topic.topic());
      text(topic.founder());
      texts(topic.members());
      text(topic.name());
      text(topic.join().wire());
      out.writeBoolean(topic.history());
      out.writeBoolean(topic.disbanded());
      out.writeLong(topic.time());
      out.writeInt(topic.last().place().partition());
      out.writeLong(topic.last().offset());
      out.writeLong(topic.lastTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds the memberships of a user in a topic. */
  public void add(MemberDocument member) {
    try {
      text(member.topic());
      text(member.user());
      out.writeLong(member.joinTime());
      out.writeInt(member.spans().size());
      for (Span span : member.spans()) {
        out.writeLong(span.join());
        out.writeLong(span.left());
      }
      out.writeLong(member.lastChange());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds what the applier keeps of a user; a document without any of that is left out. */
  public void add(ClientDocument document) {
    if (document.isEmpty()) {
      return;
    }
    try {
      text(document.user());
      out.writeLong(document.relationGuard());
      text(document.profile().nickname());
      text(document.profile().avatar());
      out.writeLong(document.profile().revision());
      for (Circle circle : Circle.values()) {
        SortedSet<String> users = document.relations().of(circle);
        out.writeInt(users.size());
        for (String user : users) {
          text(user);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds a contact. */
  public void add(StoredContact contact) {
    try {
      text(contact.owner());
      text(contact.user());
      text(contact.remark());
      out.writeInt(contact.labels().size());
      for (String label : contact.labels()) {
        text(label);
      }
      out.writeLong(contact.revision());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds a read mark. */
  public void add(MarkDocument mark) {
    try {
      text(mark.reader());
      text(mark.topic());
      out.writeLong(mark.upTo());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds a friend request. */
  public void add(StoredRequest request) {
    try {
      text(request.owner());
      text(request.reqUser());
      text(request.user());
      text(request.message());
      out.writeInt(request.status().number());
      text(request.uuid());
      out.writeInt(request.at().place().partition());
      out.writeLong(request.at().offset());
      out.writeLong(request.timeSeconds());
      out.writeLong(request.time());
      out.writeLong(request.answeredAt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** Adds a direction of a conversation. */
  public void add(ConversationHour conversation) {
    try {
      text(conversation.owner());
      text(conversation.peer());
      out.writeBoolean(conversation.sent());
      out.writeLong(conversation.hour());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addCanonical();
  }

  /** What was added so far. */
  public CollectionDigest result() {
    ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES);
    for (int word = WORDS - 1; word >= 0; word--) {
      bytes.putLong(sum[word]);
    }
    return new CollectionDigest(documents, HexFormat.of().formatHex(bytes.array()));
  }

  private void texts(Collection<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text);
    }
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private void addCanonical() {
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(canonical.toByteArray()));
    canonical.reset();
    long carry = 0;
    for (int word = 0; word < WORDS; word++) {
      long added = hash.getLong((WORDS - 1 - word) * Long.BYTES);
      long once = sum[word] + added;
      long twice = once + carry;
      boolean over = Long.compareUnsigned(once, added) < 0 || Long.compareUnsigned(twice, once) < 0;
      sum[word] = twice;
      carry = over ? 1 : 0;
    }
    documents++;
  }
}
