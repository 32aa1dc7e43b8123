package im.linnet.cli.system;

import java.util.function.Function;

/** All races. */
enum Races {
  TWO_CREATORS_OF_ONE_TOPIC(TopicRaces.TwoCreators::new),
  TWO_DEVICES_CREATE_ONE_TOPIC(TopicRaces.TwoDevicesCreate::new),
  DISBAND_AGAINST_JOIN(TopicRaces.DisbandAgainstJoin::new),
  KICK_AGAINST_SEND(TopicRaces.KickAgainstSend::new),
  TWO_ACCEPTS(FriendRaces.TwoAccepts::new),
  ACCEPT_AGAINST_REJECT(FriendRaces.AcceptAgainstReject::new),
  ACCEPT_AGAINST_REMOVE(FriendRaces.AcceptAgainstRemove::new),
  REQUESTS_THAT_CROSS(FriendRaces.CrossingRequests::new),
  LOGINS_OF_ONE_DEVICE(SameDeviceRace::new);

  private final Function<Logins, Race> maker;

  Races(Function<Logins, Race> maker) {
    this.maker = maker;
  }

  /** That race, its parties logged in. */
  Race of(Logins logins) {
    return maker.apply(logins);
  }
}
