const PENDING = 0;
const ACCEPTED = 1;
const REJECTED = 2;
const MOST_REQUESTS = 1_000;

/**
 * What is known of friendships: {friends: names, requests: [{user, reqUser, reqMessage, status, time,
 * uuid}], newest first}. `reqUser` asked `user`.
 */
export const NOBODY = { friends: [], requests: [] };

/** The state after a push of the stream of friendships, or after the user's own act of that form. */
export function befriended({ friends, requests }, me, { type, from, to, content, time, uuid }) {
  const other = from === me ? to : from;
  const isBetween = ({ user, reqUser }) => (user === other || reqUser === other) && (user === me || reqUser === me);
  const answered = (status) => requests.map((each) => (each.status === PENDING && isBetween(each) ? { ...each, status } : each));
  const made = [...new Set([...friends, other])].sort();
  switch (type) {
    case 'add_friend': {
      if (requests.some((each) => each.status === PENDING && each.reqUser === to && each.user === from)) {
        // Both asked: that makes them friends.
        return { friends: made, requests: answered(ACCEPTED) };
      }
      const asked = { user: to, reqUser: from, reqMessage: content, status: PENDING, time, uuid };
      const others = requests.filter((each) => each.uuid !== uuid && !(each.status === PENDING && isBetween(each)));
      return { friends, requests: [asked, ...others].slice(0, MOST_REQUESTS) };
    }
    case 'accept_friend':
      return { friends: made, requests: answered(ACCEPTED) };
    case 'reject_friend':
      return { friends, requests: answered(REJECTED) };
    case 'remove_friend':
      return { friends: friends.filter((name) => name !== other), requests };
    default:
      return { friends, requests };
  }
}

/** The requests that wait for this user's answer. */
export const waitingFor = (me, requests) => requests.filter(({ user, status }) => user === me && status === PENDING);

/** Whether this user waits for the other's answer. */
export const hasAsked = (me, other, requests) =>
  requests.some(({ user, reqUser, status }) => user === other && reqUser === me && status === PENDING);

/**
 * The line in a conversation that tells of it.
 *
 * @param name gives the name to show of a user
 */
export function friendLine(me, { type, from, to, content }, name) {
  const [who, whom] = [from === me ? 'You' : name(from), to === me ? 'you' : name(to)];
  switch (type) {
    case 'add_friend':
      return `${who} asked ${whom} to be friends${content ? `: “${content}”` : '.'}`;
    case 'accept_friend':
      return `You and ${from === me ? whom : who} are friends now.`;
    case 'reject_friend':
      return `${who} declined the request.`;
    case 'remove_friend':
      return `${who} removed ${whom} from the friends.`;
    default:
      return `${who} sent [${type}]${content ? ` ${content}` : ''}`;
  }
}
