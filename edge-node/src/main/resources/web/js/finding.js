import { nameFault } from './names.js';

const MOST_FOUND = 20;

/**
 * What the field "find or start" offers for a text: first what matches it, then what can be begun.
 *
 * @param entries [{key, kind, peer, names: [by which it is found]}], the most important first
 * @param known {me, friends: a set of names, topics: a set of ids}
 * @returns [{act: "open", key, peer, kind} | {act: "message" | "friend" | "join" | "group", name}]
 */
export function found(text, entries, known) {
  const wanted = text.trim();
  if (wanted === '') {
    return [];
  }
  const matches = entries
    .map((entry) => ({ entry, rank: rankOf(wanted.toLowerCase(), entry.names) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST_FOUND)
    .map(({ entry: { key, kind, peer } }) => ({ act: 'open', key, kind, peer }));
  return [...matches, ...begun(wanted, matches, known)];
}

function begun(wanted, matches, { me, friends, topics }) {
  const isName = nameFault(wanted) === null;
  const has = (kind) => matches.some((match) => match.kind === kind && match.peer === wanted);
  const offers = [];
  if (isName && !has('p2p')) {
    offers.push({ act: 'message', name: wanted });
  }
  offers.push({ act: 'group', name: wanted });
  if (isName && wanted !== me && !friends.has(wanted)) {
    offers.push({ act: 'friend', name: wanted });
  }
  if (isName && !topics.has(wanted) && !has('p2p')) {
    offers.push({ act: 'join', name: wanted });
  }
  return offers;
}

/** 3 for the name itself, 2 for its beginning, 1 for the beginning of a word in it, 0 for none. */
function rankOf(wanted, names) {
  let rank = 0;
  for (const name of names) {
    const lower = name.toLowerCase();
    if (lower === wanted) {
      return 3;
    }
    if (lower.startsWith(wanted)) {
      rank = 2;
    } else if (rank === 0 && lower.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) {
      rank = 1;
    }
  }
  return rank;
}

/** What the key Enter does where the user chose nothing: the first match, or a message to that name. */
export const firstOf = (options) => options.find(({ act }) => act === 'open' || act === 'message') ?? null;
