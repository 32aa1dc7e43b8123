package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collections, as a program finds them that knows nothing but their names and fields. */
record MongoView(MongoDatabase database) {
  /** The one document whose fields have those values, given in turn. */
  Document only(String collection, Object... fields) {
    List<Document> found = all(collection, fields);
    assertThat(found).as("%s of %s", collection, List.of(fields)).hasSize(1);
    return found.getFirst();
  }

  /** The documents whose fields have those values, given in turn. */
  List<Document> all(String collection, Object... fields) {
    List<Bson> filters = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      filters.add(Filters.eq((String) fields[i], fields[i + 1]));
    }
    return database
        .getCollection(collection)
        .find(filters.isEmpty() ? Filters.empty() : Filters.and(filters))
        .into(new ArrayList<>());
  }

  /** The {@code Log} of a document, as pushes name a place. */
  static String at(String stream, Document document) {
    Document log = document.get("Log", Document.class);
    return stream + "/" + log.getInteger("Partition") + "/" + log.getLong("Offset");
  }
}
