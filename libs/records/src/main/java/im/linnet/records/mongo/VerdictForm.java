package im.linnet.records.mongo;

import im.linnet.records.CommandId;
import im.linnet.records.StoredVerdict;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.Verdict;
import java.util.Objects;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** How a verdict lies in {@code verdict}. */
final class VerdictForm {
  /** Not a field of the log's place elsewhere: the stream differs by command. */
  private static final String STREAM = "Stream";

  private VerdictForm() {}

  /** Neither a name nor a key holds a slash, so no two commands share an id. */
  static String id(CommandId command) {
    return command.caller() + '/' + command.key() + '/' + command.uuid();
  }

  static BsonDocument tree(StoredVerdict verdict) {
    CommandId command = verdict.command();
    BsonDocument tree =
        Bson.id(id(command))
            .append(Verdict.CALLER, new BsonString(command.caller()))
            .append(Verdict.KEY, new BsonString(command.key()))
            .append(Verdict.UUID, new BsonString(command.uuid()))
            .append(Verdict.CODE, new BsonInt32(verdict.code()))
            .append(Verdict.TIME, new BsonDateTime(verdict.time()))
            .append(
                Verdict.LOG,
                RequestForm.place(verdict.at(), verdict.time())
                    .append(STREAM, new BsonString(verdict.at().place().stream().wire())));
    append(tree, Verdict.MESSAGE, verdict.message());
    append(tree, Verdict.ASKED, verdict.asked());
    return tree;
  }

  static StoredVerdict ofTree(BsonDocument tree) {
    BsonDocument log = tree.getDocument(Verdict.LOG);
    Stream stream = Stream.ofWire(log.getString(STREAM).getValue());
    return new StoredVerdict(
        new CommandId(
            tree.getString(Verdict.CALLER).getValue(),
            tree.getString(Verdict.KEY).getValue(),
            tree.getString(Verdict.UUID).getValue()),
        tree.getInt32(Verdict.CODE).getValue(),
        text(tree, Verdict.MESSAGE),
        text(tree, Verdict.ASKED),
        new Position(
            Objects.requireNonNull(stream),
            log.getInt32(LogPlace.PARTITION).getValue(),
            log.getInt64(LogPlace.OFFSET).getValue()),
        tree.getDateTime(Verdict.TIME).getValue());
  }

  private static void append(BsonDocument tree, String field, @Nullable String text) {
    if (text != null) {
      tree.append(field, new BsonString(text));
    }
  }

  private static @Nullable String text(BsonDocument tree, String field) {
    return tree.containsKey(field) ? tree.getString(field).getValue() : null;
  }
}
