package im.linnet.log.group;

import im.linnet.testkit.OnContainers;

@OnContainers
class TransactionalLoopDockerIT extends TransactionalLoopIT {}
