package im.linnet.cli.config;

import im.linnet.records.mongo.MongoSettings;
import im.linnet.settings.SettingException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database that keeps the view. */
public final class StoreOptions {
  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      description = {
        "The MongoDB replica set (one member will do) that keeps the view, with the database's"
            + " name, such as",
        "mongodb://HOST:PORT/linnet?replicaSet=rs0",
        "Give a URI with a password as LINNET_MONGODB, or in the file of --config."
      })
  @Nullable String mongodb;

  /** Whether a store was named. */
  public boolean given() {
    return mongodb != null;
  }

  /**
   * The named store.
   *
   * @throws SettingException if none was named
   */
  public MongoSettings settings() {
    if (mongodb == null) {
      throw new SettingException(
          "no MongoDB is named, and the view in memory lives only inside 'linnet up'",
          "--mongodb",
          "give a URI such as mongodb://127.0.0.1:27017/linnet?replicaSet=rs0");
    }
    if (!mongodb.startsWith("mongodb://") && !mongodb.startsWith("mongodb+srv://")) {
      throw new SettingException(
          "the given text is not a MongoDB URI",
          "--mongodb",
          "give one that begins with mongodb:// or mongodb+srv://");
    }
    return MongoSettings.of(mongodb);
  }
}
