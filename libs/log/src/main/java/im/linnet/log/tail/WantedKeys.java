package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;

/** The choice of the records under some keys. Owned by one thread. */
final class WantedKeys implements RecordChoice {
  private final SipHash hash;
  private final KeyTable<byte[]> keys = new KeyTable<>();

  WantedKeys(SipHash hash) {
    this.hash = hash;
  }

  /** Wants that key too. */
  WantedKeys with(byte[] key) {
    byte[] own = key.clone();
    keys.put(hash.hash(own), own, own);
    return this;
  }

  @Override
  public boolean takes(int keyHash, LogRecord record) {
    byte[] key = record.key();
    return key != null && keys.get(keyHash, key) != null;
  }
}
