package im.linnet.schemas.document;

/** {@code kvs}: key and values; one use so far, the live edges. */
public final class Kvs {
  /** The collection's name. */
  public static final String COLLECTION = "kvs";

  /** The kind of entry. Given. */
  public static final String TYPE = "Type";

  /** The presence-tracker's address. Given. */
  public static final String KEY = "Key";

  /** The live edges' addresses. Given. */
  public static final String VALUE = "Value";

  /** The {@link #TYPE} of the entry that lists the live edges. */
  public static final String TYPE_EDGES = "routerManageMsgServer";

  private Kvs() {}
}
