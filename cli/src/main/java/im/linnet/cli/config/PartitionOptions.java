package im.linnet.cli.config;

import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.SettingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The numbers of partitions. */
public final class PartitionOptions {
  private static final int MOST_COUNTS = 3;

  /** A bound against one digit too many: a number of partitions cannot be changed later. */
  private static final int MOST_PARTITIONS = 10_000;

  @Option(
      names = "--partitions",
      paramLabel = "USERS[,TOPICS[,COMMANDS]]",
      description = {
        "Partitions of the topics keyed by user, by group and by command, fixed when they are"
            + " created. By default existing topics are taken as they are, and new ones"
            + " get 64 each (on the embedded broker: 8)."
      })
  @Nullable String partitions;

  /** The given numbers; empty if none were given. */
  public Optional<TopicCatalogue> catalogue() {
    if (partitions == null) {
      return Optional.empty();
    }
    String[] counts = partitions.split(",", -1);
    try {
      if (counts.length > MOST_COUNTS) {
        throw new NumberFormatException("too many");
      }
      int users = count(counts[0]);
      int topics = counts.length > 1 ? count(counts[1]) : users;
      int commands = counts.length > 2 ? count(counts[2]) : topics;
      if (Math.max(users, Math.max(topics, commands)) > MOST_PARTITIONS) {
        throw new IllegalArgumentException("too many partitions");
      }
      return Optional.of(new TopicCatalogue(users, topics, commands));
    } catch (NumberFormatException e) {
      throw new SettingException(
          "'" + partitions + "' are not partition counts",
          "--partitions",
          "give one to three numbers, such as 64 or 64,64,16");
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "'" + partitions + "' are not partition counts",
          "--partitions",
          "give 1 to " + MOST_PARTITIONS);
    }
  }

  private static int count(String text) {
    return (int) WholeNumber.parse(text.trim(), Integer.MAX_VALUE);
  }
}
