package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class BrokerFixtureIT {
  @Test
  void has_the_topics_of_the_catalogue_and_keeps_them_over_a_restart() throws Exception {
    try (TestBroker broker = TestBroker.start(new TopicCatalogue(2, 3, 1))) {
      String id = broker.clusterId();
      broker.createTopic("another", 1, Map.of("cleanup.policy", "compact"));
      broker.restart();

      assertThat(broker.clusterId()).isEqualTo(id);
      Set<String> names = names(broker);
      assertThat(names).contains("another");
      assertThat(names).containsAll(TopicCatalogue.all().stream().map(Topic::name).toList());
    }
  }

  private static Set<String> names(TestBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.listTopics().names().get(20, TimeUnit.SECONDS);
    }
  }
}
