package im.linnet.log.group;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The present members of a consumer group. */
public final class GroupMembers {
  private static final Logger LOG = LoggerFactory.getLogger(GroupMembers.class);
  private static final long PATIENCE_SECONDS = 12;

  private GroupMembers() {}

  /** The time between two questions for the members. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Brokers notice a missing heartbeat a little after the session's time. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** A member that starts is in its group within a second or two. */
  private static final Duration JOIN = Duration.ofSeconds(10);

  private static final Duration JOIN_PAUSE = Duration.ofMillis(50);

  private record Member(String clientId, String host) {}

  /**
   * The members of a group, as {@code client.id at host}; empty if there is no such group. A killed
   * member counts until its session times out. Blocks for some 10 s at most.
   *
   * @throws LogUnavailableException if Kafka does not answer
   */
  public static List<String> of(KafkaSettings settings, String group) {
    try (Admin admin = KafkaClients.admin(settings, "linnet-group-members")) {
      return members(admin, group).stream()
          .map(member -> member.clientId() + " at " + member.host())
          .sorted()
          .toList();
    }
  }

  /**
   * Makes sure that no member of a group has a name. It waits until brokers have given up a killed
   * member of that name. A member that is there longer than that is alive.
   *
   * @param instance the name
   * @param session the time after which brokers give up a silent member
   * @throws InstanceInUseException if a member of that name is alive
   * @throws LogUnavailableException if Kafka does not answer
   */
  public static void requireNone(
      KafkaSettings settings, String group, String instance, Duration session) {
    String name = KafkaClients.memberName(group, instance);
    long deadline = System.nanoTime() + session.plus(SLACK).toNanos();
    boolean told = false;
    try (Admin admin = KafkaClients.admin(settings, "linnet-group-members")) {
      while (true) {
        Optional<Member> rival =
            members(admin, group).stream()
                .filter(member -> member.clientId().equals(name))
                .findFirst();
        if (rival.isEmpty()) {
          return;
        }
        if (System.nanoTime() - deadline > 0) {
          throw InstanceInUseException.atStart(
              "a process named '"
                  + instance
                  + "' works in the group "
                  + group
                  + " already, at "
                  + rival.get().host()
                  + " (--instance): give this one a name of its own, or stop that one first");
        }
        if (!told) {
          told = true;
          LOG.info("waiting to see whether '{}' in the group {} lives", instance, group);
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("the members of the group " + group, e);
    }
  }

  /**
   * Waits until the brokers know a member of that name, so that {@link #requireNone} finds it. It
   * waits for 10 s at most, and then returns without that knowledge.
   */
  public static void awaitJoined(KafkaSettings settings, String group, String instance) {
    String name = KafkaClients.memberName(group, instance);
    long deadline = System.nanoTime() + JOIN.toNanos();
    try (Admin admin = KafkaClients.admin(settings, "linnet-group-members")) {
      while (System.nanoTime() - deadline < 0
          && members(admin, group).stream().noneMatch(each -> each.clientId().equals(name))) {
        TimeUnit.NANOSECONDS.sleep(JOIN_PAUSE.toNanos());
      }
    } catch (LogUnavailableException e) {
      LOG.debug("not known whether '{}' is in the group {}: {}", instance, group, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("the members of the group " + group, e);
    }
  }

  private static List<Member> members(Admin admin, String group) {
    try {
      Map<String, ConsumerGroupDescription> descriptions =
          admin
              .describeConsumerGroups(List.of(group))
              .all()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return descriptions.values().stream()
          .flatMap(description -> description.members().stream())
          .map(member -> new Member(member.clientId(), member.host()))
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw untold(group, e);
    } catch (TimeoutException e) {
      throw untold(group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("the members of the group " + group, e);
    }
  }

  private static LogUnavailableException untold(String group, Exception cause) {
    return new LogUnavailableException("no broker tells the members of the group " + group, cause);
  }
}
