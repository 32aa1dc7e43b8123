package im.linnet.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceState.Session;
import im.linnet.schemas.event.SessionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The logs, the edges and the trackers of one simulated installation. */
final class SimulatedWorld {
  private static final int EDGES = 3;
  private static final int PARTITIONS = 2;
  private static final int USERS = 12;
  private static final long BEAT_MILLIS = 1_000;

  private record Stored(SessionEvent event, long time) {}

  private final Random random;
  private final List<EdgeSighting> edgeLog = new ArrayList<>();
  private final List<List<Stored>> sessionLog = new ArrayList<>();
  private final Map<String, PresenceState> presence = new TreeMap<>();
  private final int[] committed = new int[PARTITIONS];
  private final List<Edge> edges = new ArrayList<>();
  private final List<Tracker> trackers = new ArrayList<>();
  private long now;
  private int nextSession;
  private int opened;
  private int endedEpochs;
  private int innocentlyEnded;

  SimulatedWorld(long seed) {
    random = new Random(seed);
    for (int p = 0; p < PARTITIONS; p++) {
      sessionLog.add(new ArrayList<>());
      trackers.add(new Tracker(p));
    }
    for (int e = 0; e < EDGES; e++) {
      edges.add(new Edge("e" + e));
    }
  }

  /** At most one thing happens that clients, operators or bad luck do. */
  void disturb() {
    Edge edge = edges.get(random.nextInt(EDGES));
    Tracker tracker = trackers.get(random.nextInt(PARTITIONS));
    int dice = random.nextInt(1_000);
    if (dice < 250) {
      edge.open("u" + random.nextInt(USERS));
    } else if (dice < 400) {
      edge.closeOne();
    } else if (dice < 406) {
      edge.kill();
    } else if (dice < 410) {
      edge.stop();
    } else if (dice < 440) {
      edge.start();
    } else if (dice < 446) {
      edge.pausedUntil = now + random.nextInt(15_000);
    } else if (dice < 454) {
      tracker.pausedUntil = now + random.nextInt(15_000);
    } else if (dice < 462) {
      tracker.crash();
    } else if (dice < 480) {
      tracker.abortNext = true;
    }
  }

  void advance(long millis) {
    now += millis;
    edges.forEach(Edge::run);
    trackers.forEach(Tracker::run);
  }

  /** No more faults; what is paused goes on. */
  void calm() {
    edges.forEach(edge -> edge.pausedUntil = 0);
    trackers.forEach(tracker -> tracker.pausedUntil = 0);
  }

  int opened() {
    return opened;
  }

  int endedEpochs() {
    return endedEpochs;
  }

  int innocentlyEnded() {
    return innocentlyEnded;
  }

  List<String> users() {
    List<String> users = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      users.add("u" + u);
    }
    return users;
  }

  PresenceState published(String user) {
    return presence.getOrDefault(user, UserPresence.unknown(user));
  }

  /** The user's sessions that really are there. */
  Set<String> truth(String user) {
    Set<String> sessions = new TreeSet<>();
    for (Edge edge : edges) {
      edge.sessions.forEach(
          (session, owner) -> {
            if (owner.equals(user)) {
              sessions.add(session);
            }
          });
    }
    return sessions;
  }

  private static int partition(String user) {
    return Math.floorMod(user.hashCode(), PARTITIONS);
  }

  private void publish(SessionEvent event) {
    sessionLog.get(partition(event.user())).add(new Stored(event, 1_000_000 + now));
  }

  private final class Edge {
    private final String id;
    private final Map<String, String> sessions = new LinkedHashMap<>();
    private boolean up = true;
    private long epoch = 1;
    private long pausedUntil;
    private long beatAt;
    private long lastBeat;
    private int edgeOffset;

    Edge(String id) {
      this.id = id;
    }

    boolean runs() {
      return up && now >= pausedUntil;
    }

    void open(String user) {
      if (runs()) {
        String session = "s" + nextSession++;
        sessions.put(session, user);
        opened++;
        publish(Beats.opened(user, session, "d" + random.nextInt(3), id, epoch));
      }
    }

    void closeOne() {
      if (runs() && !sessions.isEmpty()) {
        String session = sessions.keySet().iterator().next();
        publish(Beats.closed(sessions.remove(session), session, id));
      }
    }

    void kill() {
      up = false;
      sessions.clear();
    }

    void stop() {
      if (runs()) {
        kill();
        edgeLog.add(Beats.stopped(id));
      }
    }

    void start() {
      if (!up) {
        up = true;
        pausedUntil = 0;
        epoch = Math.max(epoch + 1, now);
        edgeOffset = edgeLog.size();
        beatAt = now;
      }
    }

    void run() {
      if (!runs()) {
        return;
      }
      // One that was paused may well publish before it reads.
      if (now >= beatAt) {
        edgeLog.add(Beats.beat(id, epoch));
        beatAt = now + BEAT_MILLIS;
        lastBeat = now;
      }
      while (edgeOffset < edgeLog.size()) {
        EdgeSighting seen = edgeLog.get(edgeOffset++);
        if (seen instanceof EdgeSighting.Over over
            && over.edge().equals(id)
            && over.epoch() >= epoch) {
          epoch = Math.max(over.epoch() + 1, now);
          edgeLog.add(Beats.beat(id, epoch));
          beatAt = now + BEAT_MILLIS;
          sessions.forEach(
              (session, user) -> publish(Beats.opened(user, session, "d0", id, epoch)));
        }
      }
    }
  }

  private final class Tracker {
    private final int partition;
    private PresenceShard shard = new PresenceShard(PresenceConfig.DEFAULT);
    private boolean restored;
    private long pausedUntil;
    private boolean abortNext;
    private int edgeOffset;
    private int position;

    Tracker(int partition) {
      this.partition = partition;
    }

    void crash() {
      shard = new PresenceShard(PresenceConfig.DEFAULT);
      restored = false;
      edgeOffset = 0;
      position = committed[partition];
    }

    /**
     * A transaction has failed, and is in the log all the same where nobody heard of its commit.
     */
    private void fail(PresenceShard.Decision decision, int end) {
      boolean unheard = random.nextBoolean();
      if (unheard) {
        write(decision, end);
      }
      shard.aborted();
      // Where there is nothing new in the log, nothing is read.
      if (unheard) {
        decision.states().forEach(state -> shard.restore(partition, state, now));
      }
      position = committed[partition];
    }

    void run() {
      if (now < pausedUntil) {
        return;
      }
      while (edgeOffset < edgeLog.size()) {
        shard.see(edgeLog.get(edgeOffset++), now);
      }
      shard.see(Beats.readToEnd(now), now);
      if (!restored) {
        restored = true;
        presence.values().stream()
            .filter(state -> partition(state.user()) == partition)
            .forEach(state -> shard.restore(partition, state, now));
      }
      List<Stored> log = sessionLog.get(partition);
      int end = Math.min(log.size(), position + 1 + random.nextInt(5));
      for (int i = position; i < end; i++) {
        shard.apply(partition, log.get(i).event(), log.get(i).time(), now);
      }
      PresenceShard.Decision decision = shard.decide(1_000_000 + now);
      if (abortNext) {
        abortNext = false;
        fail(decision, end);
        return;
      }
      commit(decision, end);
    }

    private void commit(PresenceShard.Decision decision, int end) {
      write(decision, end);
      shard.committed();
    }

    private void write(PresenceShard.Decision decision, int end) {
      for (PresenceState state : decision.states()) {
        presence.put(state.user(), state);
        for (Session session : state.sessions()) {
          assertThat(isEnded(session)).as("%s on an ended epoch", session).isFalse();
        }
      }
      for (EdgeEvent.Ended ended : decision.ended()) {
        edgeLog.add(Beats.over(ended.edge(), ended.epoch()));
        endedEpochs++;
        innocentlyEnded += isInnocent(ended) ? 1 : 0;
      }
      position = end;
      committed[partition] = end;
    }

    /** What the edge log says, up to where this tracker has read it. */
    private boolean isEnded(Session session) {
      EdgeLife life = EdgeLife.unknown(session.edge());
      for (EdgeSighting seen : edgeLog.subList(0, edgeOffset)) {
        if (seen instanceof EdgeSighting.Beat beat && beat.beat().edge().equals(life.edge())) {
          life = life.beat(beat.beat(), 0);
        } else if (seen instanceof EdgeSighting.Over over && over.edge().equals(life.edge())) {
          life = life.over(over.epoch());
        } else if (seen instanceof EdgeSighting.Stopped stop && stop.edge().equals(life.edge())) {
          life = life.stopped();
        }
      }
      return life.isEnded(session.epoch());
    }

    private boolean isInnocent(EdgeEvent.Ended ended) {
      Edge edge = edges.get(ended.edge().charAt(1) - '0');
      return edge.up && edge.epoch == ended.epoch() && now - edge.lastBeat < 5_000;
    }
  }
}
