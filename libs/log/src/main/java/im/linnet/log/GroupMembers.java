package im.linnet.log;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Says who works in a consumer group now. */
public final class GroupMembers {
  private static final long PATIENCE_SECONDS = 12;

  private GroupMembers() {}

  /**
   * The members of a group, as {@code client.id at host}; none where there is no such group. A
   * member that was killed counts until its session times out. Blocks for some 10 s at most.
   *
   * @throws LogUnavailableException if Kafka does not answer
   */
  public static List<String> of(KafkaSettings settings, String group) {
    try (Admin admin = KafkaClients.admin(settings, "linnet-group-members")) {
      Map<String, ConsumerGroupDescription> descriptions =
          admin
              .describeConsumerGroups(List.of(group))
              .all()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return descriptions.values().stream()
          .flatMap(description -> description.members().stream())
          .map(member -> member.clientId() + " at " + member.host())
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw new LogUnavailableException("the members of the group " + group, e);
    } catch (TimeoutException e) {
      throw new LogUnavailableException("the members of the group " + group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("the members of the group " + group, e);
    }
  }
}
