const MOST_NAMED = 3;

/** What is known of a group after a fact about it. Counts are the server's to tell. */
export function grouped(info, { event, topic, name, members, by, join, history }) {
  switch (event) {
    case 'created':
      return { topic, name, founder: by, join: join ?? 'open', history: history === true, members: members?.length ?? 1 };
    case 'renamed':
      return { ...info, topic, name };
    case 'transferred':
      return { ...info, topic, founder: members?.[0] ?? info?.founder };
    default:
      return { ...info, topic };
  }
}

/** What became of this user by a fact: "in", "out" or null where nothing did. */
export function ownPart(me, { event, members = [], by }) {
  if (event === 'disbanded') {
    return 'out';
  }
  if (event === 'created') {
    return members.includes(me) || by === me ? 'in' : null;
  }
  if (event === 'joined') {
    return members.includes(me) ? 'in' : null;
  }
  return (event === 'left' || event === 'kicked') && members.includes(me) ? 'out' : null;
}

/** Why nothing can be written in a group that the user is out of. */
export function endOf(me, { event, by }) {
  if (event === 'disbanded') {
    return 'This group was disbanded.';
  }
  return event === 'left' && by === me ? 'You left this group.' : 'You are no longer in this group.';
}

/**
 * The line in the conversation that tells of a fact.
 *
 * @param shown gives the name to show of a user
 */
export function factLine(me, { event, by, members = [], name }, shown) {
  const who = by === me ? 'You' : shown(by);
  const others = members.filter((member) => member !== by);
  switch (event) {
    case 'created':
      return `${who} created the group.`;
    case 'joined':
      return others.length === 0 ? `${who} joined.` : `${who} added ${listed(me, others, shown)}.`;
    case 'left':
      return `${who} left.`;
    case 'kicked':
      return `${who} removed ${listed(me, members, shown)}.`;
    case 'renamed':
      return `${who} named the group “${name}”.`;
    case 'transferred':
      return members[0] === me ? `${who} made you the founder.` : `${who} made ${listed(me, members, shown)} the founder.`;
    case 'disbanded':
      return `${who} disbanded the group.`;
    default:
      return `${who}: ${event}`;
  }
}

/** "bb, cc and 2 others". */
function listed(me, names, shown) {
  const all = names.map((name) => (name === me ? 'you' : shown(name)));
  if (all.length > MOST_NAMED) {
    return `${all.slice(0, MOST_NAMED).join(', ')} and ${all.length - MOST_NAMED} others`;
  }
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** "1 member", "12 members". */
export const memberCount = (count) => `${count} ${count === 1 ? 'member' : 'members'}`;

/** The names in a text, with white space or commas between them, each once. */
export const namesIn = (text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
