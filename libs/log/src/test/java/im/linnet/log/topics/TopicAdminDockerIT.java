package im.linnet.log.topics;

import im.linnet.testkit.OnContainers;

@OnContainers
class TopicAdminDockerIT extends TopicAdminIT {}
