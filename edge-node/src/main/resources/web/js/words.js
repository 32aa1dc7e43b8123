const NO_GROUP = 'There is no such group any more.';
const NO_MEMBER = 'You are not in this group any more.';
const NO_MESSAGE = 'The server does not have this message any more.';
const GONE_MEMBER = 'This member is not in the group any more.';
const NO_REQUEST = { 4004: 'There is no such request any more.', 4009: 'This request was answered already.' };
const TOO_MANY = 'A group cannot have so many members.';
const FULL_OF_FRIENDS = 'One of you has as many friends as the server takes.';
const TOO_LONG = 'This message is too long.';
const LATER = 'The server cannot do this just now. Try again later.';

/** What a code says where nothing more is known. */
const PLAIN = {
  4000: 'The server cannot take this as it is.',
  4003: 'You cannot do this.',
  4004: 'This is not there any more.',
  4009: 'This was done already, or changed meanwhile.',
  4013: 'This is more than the server takes.',
  4029: LATER,
  5000: LATER,
  5003: LATER,
};

const WORDS = {
  history: { 4003: NO_MEMBER, 4004: NO_GROUP },
  receipts: { 4003: NO_MEMBER, 4004: NO_MESSAGE },
  'topic.create': { 4009: 'There is, or was, a group with this id. Choose another one.', 4013: TOO_MANY },
  'topic.join': {
    4003: 'This group takes new members by invitation only.',
    4004: 'There is no group with this id.',
    4009: 'You are in this group already.',
  },
  'topic.members': { 4003: NO_MEMBER, 4004: NO_GROUP },
  'topic.invite': { 4003: NO_MEMBER, 4004: NO_GROUP, 4009: 'They are in this group already.', 4013: TOO_MANY },
  'topic.kick': { 4003: 'Only the founder can remove members.', 4004: GONE_MEMBER },
  'topic.rename': { 4003: 'Only the founder can rename the group.', 4004: NO_GROUP },
  'topic.transfer': { 4003: 'Only the founder can do this.', 4004: GONE_MEMBER },
  'topic.disband': { 4003: 'Only the founder can disband the group.', 4004: NO_GROUP },
  'topic.leave': {
    4003: NO_MEMBER,
    4004: NO_GROUP,
    4009: 'You founded this group. Make another member its founder first, or disband it.',
  },
  add_friend: {
    4003: 'You cannot ask this user: one of you has blocked the other.',
    4009: 'You are friends already, or a request waits for its answer.',
    4013: FULL_OF_FRIENDS,
  },
  accept_friend: { ...NO_REQUEST, 4013: FULL_OF_FRIENDS },
  reject_friend: NO_REQUEST,
  remove_friend: { 4004: 'You are not friends any more.' },
  'block.add': { 4000: 'You cannot block yourself.', 4013: 'You cannot block this user: one of the limits is reached.' },
  'contact.set': { 4000: 'The server does not take this name, or these labels.' },
  'profile.set': { 4000: 'The server does not take this name or this picture.' },
  send: { 4003: 'You cannot write here. Perhaps you are blocked, or not a member.', 4004: NO_GROUP, 4013: TOO_LONG },
  edit: {
    4003: 'You cannot edit this message any more.',
    4004: NO_MESSAGE,
    4009: 'This message was deleted meanwhile.',
    4013: TOO_LONG,
  },
  recall: { 4003: 'You cannot delete this message any more.', 4004: NO_MESSAGE },
};

const NOT_UNDERSTOOD = 'The server did not understand this page. Reload the page, and log in again.';

/** Why a session ended for good, and what its user can do about it, by the close code. */
const ENDINGS = {
  3500: 'The server does not accept your login. Log in again. If you pasted a token, paste a new one.',
  3501: 'Your token has expired. Log in again with a new one.',
  3502: NOT_UNDERSTOOD,
  3503: NOT_UNDERSTOOD,
};

/** What the end of a session means, in sentences for the user. */
export function ending(code) {
  return ENDINGS[code] ?? 'The server ended your session. Log in again.';
}

/**
 * What a refusal means, in a sentence for the user; null where it is none. The server's own words
 * are for those who write clients.
 *
 * @param what the op, or the type of a message about friendship
 */
export function fault(what, { code }) {
  return code === 0 ? null : WORDS[what]?.[code] ?? PLAIN[code] ?? 'The server refused this.';
}
