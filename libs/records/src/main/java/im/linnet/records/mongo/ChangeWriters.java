package im.linnet.records.mongo;

import java.util.List;

/** The writer of each kind of {@link im.linnet.records.Change}. */
final class ChangeWriters {
  private ChangeWriters() {}

  /**
   * All of them, in the order that a crash at any point is harmless in.
   *
   * @param bounds how much of {@code IsRead} is written at once
   */
  static List<ChangeWriter> of(MongoTables tables, ReaderProjection.Bounds bounds) {
    return List.of(
        new MessageWriter(tables),
        new ReadMarkWriter(tables),
        new InboxWriter(tables),
        new MessageChangeWriter(tables),
        new TopicWriter(tables),
        new TopicMarkWriter(tables, new ReaderProjection(tables, bounds)),
        new RequestWriter(tables),
        new RelationWriter(tables),
        new RequestAnswerWriter(tables),
        new VerdictWriter(tables),
        new ContactWriter(tables),
        new ProfileWriter(tables),
        new ConversationWriter(tables));
  }
}
