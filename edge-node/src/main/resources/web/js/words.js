const WORDS = {
  'topic.create': { 4009: 'There is, or was, a group with this id. Choose another one.' },
  'topic.join': {
    4003: 'This group takes new members by invitation only.',
    4004: 'There is no group with this id.',
    4009: 'You are in this group already.',
  },
  'topic.invite': { 4003: 'You are not in this group any more.', 4009: 'They are in this group already.' },
  'topic.kick': { 4003: 'Only the founder can remove members.', 4004: 'This member is not in the group any more.' },
  'topic.rename': { 4003: 'Only the founder can rename the group.' },
  'topic.transfer': { 4003: 'Only the founder can do this.', 4004: 'This member is not in the group any more.' },
  'topic.disband': { 4003: 'Only the founder can disband the group.' },
  'topic.leave': { 4009: 'You founded this group. Make another member its founder first, or disband it.' },
  add_friend: {
    4003: 'You cannot ask this user: one of you has blocked the other.',
    4009: 'You are friends already, or a request waits for its answer.',
  },
  accept_friend: { 4004: 'There is no such request any more.', 4009: 'This request was answered already.' },
  reject_friend: { 4004: 'There is no such request any more.', 4009: 'This request was answered already.' },
  remove_friend: { 4004: 'You are not friends any more.' },
  send: { 4003: 'You cannot write here. Perhaps you are blocked, or not a member.', 4013: 'This message is too long.' },
};

/**
 * What a refusal means, in a sentence for the user; null where it is none.
 *
 * @param what the op, or the type of a message about friendship
 */
export function fault(what, { code, message }) {
  if (code === 0) {
    return null;
  }
  const known = WORDS[what]?.[code];
  const told = message ?? 'The server refused this.';
  return known ?? `${told.charAt(0).toUpperCase()}${told.slice(1)}${/[.!?]$/.test(told) ? '' : '.'}`;
}
