package im.linnet.edge.attach;

import im.linnet.edge.config.AttachSettings;
import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.Tail;
import im.linnet.records.RecordReader;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The parts that all attaches of this edge share.
 *
 * @param decoder judges records of the log
 * @param tail the tail of the log
 * @param store the view
 * @param applied the applied offsets of the view
 * @param ends the ends of the log
 * @param passes passes over the log itself
 * @param subscriptions the live sessions
 * @param workers for what blocks; may reject
 * @param lanes where a session receives records
 * @param logId the id of the log
 * @param settings bounds
 * @param meters where it counts
 * @param retryAfterMillis the wait that a closed session is asked for, with jitter
 */
record AttachContext(
    RecordDecoder<? extends LogEvent> decoder,
    Tail tail,
    RecordReader store,
    AppliedOffsets applied,
    SharedEnds ends,
    LogPasses passes,
    Subscriptions subscriptions,
    Executor workers,
    Lanes lanes,
    String logId,
    AttachSettings settings,
    AttachMeters meters,
    LongSupplier retryAfterMillis) {}
