import { attachmentOf, isPicture, sizeText } from './attachment.js';
import { button, make, paintAvatar, say } from './dom.js';
import { pieces } from './links.js';
import { draw, save } from './picture.js';
import { clock, stamp } from './times.js';

const TICKS = {
  sending: { mark: '◷', name: 'sending' },
  late: { mark: '◷', name: 'not sent yet' },
  sent: { mark: '✓', name: 'sent' },
  read: { mark: '✓✓', name: 'read' },
  failed: { mark: '!', name: 'not sent' },
};

/** Stands in the place of a message that was recalled. */
export const DELETED = 'This message was deleted.';

const PICTURE_PX = 320;

const AT_RISK = 'This browser has no room to keep this message. Leave the page open until it is sent.';

/**
 * The list item of a message. Its content is told apart by `.content`, its end by `.meta`.
 *
 * @param isGroups whether it says who sent it
 */
export function createMessage(message, me, isGroups = false) {
  const mine = message.from === me;
  const item = make('li', `message ${mine ? 'mine' : 'theirs'}`);
  const bubble = make('div', 'bubble');
  if (isGroups && !mine) {
    const face = make('span', 'avatar small');
    const sender = make('span', 'sender');
    [face, sender].forEach((each) => each.setAttribute('aria-hidden', 'true'));
    item.append(face);
    bubble.append(sender);
  }
  // Each line takes the direction of its own first letter.
  bubble.dir = 'auto';
  bubble.append(make('span', 'content'));
  const meta = make('span', 'meta');
  const time = make('time');
  time.dir = 'auto';
  meta.append(make('span', 'edited'), time);
  if (mine) {
    const tick = make('span', 'tick');
    tick.setAttribute('role', 'img');
    const late = make('span', 'late');
    late.dir = 'ltr';
    meta.append(late, tick);
  }
  bubble.append(meta);
  item.append(make('span', 'hidden', mine ? 'You: ' : `${message.from}: `), bubble);
  return item;
}

/**
 * Brings the item up to date.
 *
 * @param isLate whether an own message waits for long
 * @param isAtRisk whether it is lost where the page is closed before it is sent
 */
export function updateMessage(item, message, isLate, isAtRisk) {
  showContent(item.querySelector('.content'), message);
  const time = item.querySelector('time');
  say(time, clock(message.time));
  time.dateTime = new Date(message.time).toISOString();
  const edited = item.querySelector('.edited');
  say(edited, message.edited ? 'edited' : '');
  edited.title = message.edited ? `Edited ${stamp(message.edited)}` : '';
  const tick = item.querySelector('.tick');
  if (tick) {
    const state = stateOf(message, isLate);
    item.dataset.state = state;
    say(tick, TICKS[state].mark);
    tick.setAttribute('aria-label', TICKS[state].name);
    tick.title = message.error ?? TICKS[state].name;
    say(item.querySelector('.late'), state === 'late' ? 'not sent yet' : '');
    item.classList.toggle('on-its-way-out', message.recall?.isSaving === true);
    explain(item, faultOf(message, isLate && isAtRisk));
  }
}

/**
 * Says in a group who sent the message.
 *
 * @param isFirst whether the message before it is another's
 */
export function showSender(item, { from }, name, picture, isFirst) {
  const sender = item.querySelector('.sender');
  if (sender) {
    item.classList.toggle('goes-on', !isFirst);
    say(sender, name);
    const face = item.querySelector('.avatar');
    paintAvatar(face, from, name, picture);
    sender.style.setProperty('--hue', face.style.getPropertyValue('--hue'));
    say(item.querySelector(':scope > .hidden'), `${name}: `);
  }
}

function faultOf({ error, recalled, recall }, isAtRisk) {
  if (recalled) {
    return '';
  }
  return error ? `Not sent: ${error}` : recall?.error ?? (isAtRisk ? AT_RISK : '');
}

/** Puts the button that opens the message's menu beside it, or takes it away. */
export function offerMenu(item, isOffered) {
  const button = item.querySelector('.more');
  if (isOffered && !button) {
    const more = make('button', 'more', '⋯');
    more.type = 'button';
    more.setAttribute('aria-label', 'What to do with this message');
    more.setAttribute('aria-haspopup', 'dialog');
    item.append(more);
  } else if (!isOffered) {
    button?.remove();
  }
}

function stateOf(message, isLate) {
  if (isLate) {
    return 'late';
  }
  return message.state === 'sent' && message.read ? 'read' : message.state;
}

/** The attachments that the elements show. */
const shown = new WeakMap();

/** Text stays text: only addresses of http and https become elements, and pictures are drawn. */
function showContent(content, message) {
  content.classList.toggle('recalled', message.recalled);
  const attachment = message.recalled || message.type === 'text' ? null : attachmentOf(message.type, message.content);
  if (attachment) {
    if (shown.get(content) !== message.content) {
      shown.set(content, message.content);
      content.replaceChildren(attached(attachment));
    }
    return;
  }
  shown.delete(content);
  const label = message.type === 'text' ? '' : `[${message.type}] `;
  const text = message.recalled ? DELETED : label + message.content;
  if (content.textContent !== text) {
    content.replaceChildren(...pieces(text).map((piece) => (piece.href ? link(piece) : piece.text)));
  }
}

function attached(attachment) {
  const box = make('span', 'attachment');
  const isShown = isPicture(attachment);
  if (isShown) {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Photo: ${attachment.name}`);
    box.append(canvas);
    draw(canvas, attachment, PICTURE_PX * devicePixelRatio).then((isDrawn) => !isDrawn && canvas.remove());
  }
  const file = button('', 'save', () => save(attachment));
  file.append(make('span', 'file-name', attachment.name), make('span', 'file-size', sizeText(attachment.bytes)));
  file.title = 'Save this file';
  box.append(file);
  return box;
}

function link({ text, href }) {
  const anchor = make('a', '', text);
  anchor.href = href;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  // Letters of another script in a host's name show here by their code.
  anchor.title = href;
  return anchor;
}

function explain(item, text) {
  const line = item.querySelector('.why');
  if (!text) {
    line?.remove();
  } else if (line) {
    say(line, text);
  } else {
    item.append(make('p', 'why error', text));
  }
}
