import { $, paintAvatar, say } from './dom.js';
import { memberCount } from './groups.js';
import { paintUser } from './person-row.js';
import { lastSeen } from './times.js';
import { typingText } from './typing.js';

const ABSENT = { connecting: 'connecting…', silent: 'the server is not answering', waiting: 'no connection' };

/** The head of the open conversation: whom it is with, and whether they are there or write. */
export function showHeader(chat, talk) {
  const name = chat.nameOf(talk);
  say($('peer-name'), talk.peer === chat.me && !talk.isTopic ? `${name} (you)` : name);
  if (talk.isTopic) {
    paintAvatar($('peer-avatar'), talk.peer, name);
  } else {
    paintUser($('peer-avatar'), chat, talk.peer);
  }
  const { text, state } = presenceIn(chat, talk);
  say($('peer-presence'), text);
  $('peer-presence').dataset.state = state;
}

/** Without a connection nobody's presence is known; on a phone this line alone says so. */
function presenceIn(chat, talk) {
  const absent = ABSENT[chat.state];
  if (absent) {
    return { text: absent, state: 'connecting' };
  }
  const writers = chat.typing.in(talk.key).map((user) => chat.people.name(user));
  if (writers.length > 0) {
    return { text: typingText(writers, talk.isTopic), state: 'typing' };
  }
  if (talk.isTopic) {
    const members = chat.topics.info(talk.peer)?.members;
    return { text: members > 0 ? memberCount(members) : '', state: 'unknown' };
  }
  const presence = chat.presenceOf(talk.peer);
  const isAway = presence?.status === 'offline' && presence.lastSeen > 0;
  return { text: isAway ? lastSeen(presence.lastSeen) : presence?.status ?? '', state: presence?.status ?? 'unknown' };
}
