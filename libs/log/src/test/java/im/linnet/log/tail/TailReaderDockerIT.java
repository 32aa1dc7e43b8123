package im.linnet.log.tail;

import im.linnet.testkit.OnContainers;

@OnContainers
class TailReaderDockerIT extends TailReaderIT {}
