package im.linnet.log.publish;

import im.linnet.testkit.OnContainers;

@OnContainers
class KafkaPublisherDockerIT extends KafkaPublisherIT {}
