import { ask } from './link.js';
import { parsePosition } from './places.js';
import { Retry, isRetryable } from './retry.js';
import { fault } from './words.js';

const WINDOW_MS = 120_000;
const TRYING_AGAIN = 'The server cannot do this just now. Trying again…';
const FORBIDDEN = 4003;
const CONFLICT = 4009;
const WAITING = 'Waiting for the connection…';
const TOO_LATE = { edit: 'It is too late to edit this message.', recall: 'It is too late to delete this message.' };

/**
 * What the user changes of own messages that the server has. A change is asked for until it is
 * answered: also after a refusal for now, and on the next connection where one breaks. To ask twice
 * does no harm, since the same comes of it. It ends with the page.
 */
export class Changes {
  #me;
  #link;
  #changed;
  #isFounder;
  #now;
  #windowMs = WINDOW_MS;
  #waiting = new Set();
  #retry = new Retry();

  /**
   * @param changed told after anything that could show
   * @param isFounder whether the user founded that group: then each message in it can be deleted
   * @param now the server's time in ms, as well as it is known
   */
  constructor(me, link, changed, isFounder = () => false, now = Date.now) {
    this.#me = me;
    this.#link = link;
    this.#changed = changed;
    this.#isFounder = isFounder;
    this.#now = now;
  }

  /** Takes the server's limits: `change` is how long a message can be changed, in ms. */
  limit({ change = WINDOW_MS } = {}) {
    this.#windowMs = change;
  }

  /** Whether the user may still delete that message of that conversation. */
  allows(message, talk) {
    const isFounders = talk?.isTopic && message.at && !message.recalled && !message.recall?.isSaving && this.#isFounder(talk.peer);
    return isFounders || this.#msLeft(message) > 0;
  }

  /** Whether the user may still edit it: what is no text was not typed here. */
  allowsEdit(message) {
    return message.type === 'text' && this.#msLeft(message) > 0;
  }

  /** In how many ms the first message leaves those that may be changed; Infinity where none may. */
  msUntilNext({ messages }) {
    return Math.min(...messages.map((message) => this.#msLeft(message)).filter((ms) => ms > 0));
  }

  /** The newest message that the user may edit, or null. */
  newest({ messages }) {
    return messages.findLast((message) => this.allowsEdit(message)) ?? null;
  }

  /** The user begins to edit that message. */
  begin(talk, key) {
    const message = talk.get(key);
    if (message && this.allowsEdit(message)) {
      this.cancel(talk);
      const { uuid, content } = message;
      talk.edit = { op: 'edit', talk, key, uuid, was: content, text: content };
    } else {
      talk.notice = TOO_LATE.edit;
    }
    this.#changed();
  }

  /** The user leaves it as it is. */
  cancel(talk) {
    this.#waiting.delete(talk.edit);
    talk.edit = null;
    this.#changed();
  }

  /** The user gives it that text. */
  save(talk, content) {
    const { edit } = talk;
    if (content === edit.was.trim()) {
      this.cancel(talk);
    } else if (!edit.isSaving) {
      this.#start(Object.assign(edit, { text: content, made: { content } }));
    }
  }

  /** The user takes that message back from everybody. */
  recall(talk, key) {
    const message = talk.get(key);
    if (message && this.allows(message, talk)) {
      if (talk.last?.key === key) {
        // What the browser keeps lasts longer than the page, which may not live to see the answer.
        talk.doubt();
      }
      message.recall = { op: 'recall', talk, key, uuid: message.uuid, made: { recalled: true } };
      this.#start(message.recall);
    } else {
      talk.notice = TOO_LATE.recall;
      this.#changed();
    }
  }

  /** The session stands: what is not answered is asked again. */
  flush() {
    this.#retry.reset();
    this.#waiting.forEach((change) => this.#ask(change));
  }

  /** By the clock that this page had at the acknowledgement, since the server's may differ. */
  #msLeft({ from, at, state, recalled, recall, time, ackedAt }) {
    const isChangeable = from === this.#me && at && state === 'sent' && !recalled && !recall?.isSaving;
    return isChangeable ? this.#endOf({ time, ackedAt }) - Date.now() : 0;
  }

  /** When the time is over in which that message can be changed. */
  #endOf({ time, ackedAt = time }) {
    return ackedAt + this.#windowMs;
  }

  #start(change) {
    change.isSaving = true;
    this.#waiting.add(change);
    this.#ask(change);
    this.#changed();
  }

  async #ask(change) {
    if (change.isUnderWay) {
      return;
    }
    change.error = this.#link.online ? null : WAITING;
    if (this.#link.online) {
      const { op, talk, uuid, made } = change;
      change.isUnderWay = true;
      const reply = await ask(this.#link, op, { kind: talk.kind, to: talk.peer, uuid, content: made.content });
      change.isUnderWay = false;
      this.#answered(change, reply);
      this.#changed();
    }
  }

  #answered(change, reply) {
    if (reply === null) {
      change.error = WAITING;
      return;
    }
    if (isRetryable(reply.code)) {
      change.error = TRYING_AGAIN;
      this.#retry.later(() => this.flush(), reply);
      return;
    }
    this.#waiting.delete(change);
    if (this.#waiting.size === 0) {
      this.#retry.reset();
    }
    change.isSaving = false;
    if (reply.code === 0 || (change.op === 'recall' && reply.code === CONFLICT)) {
      this.#done(change, parsePosition(reply.data?.at));
    } else {
      change.error = this.#refusal(change, reply);
    }
    this.#showInList(change);
  }

  /** The server says one thing to whoever comes too late and to whoever is out of the group. */
  #refusal({ op, talk, key }, reply) {
    const message = talk.get(key);
    const isLate = reply.code === FORBIDDEN && message && this.#endOf(message) <= Date.now();
    return isLate ? TOO_LATE[op] : fault(op, reply);
  }

  /** The list left out what was being recalled. */
  #showInList({ op, talk, key }) {
    const message = talk.get(key);
    if (message && op === 'recall') {
      talk.preview(message);
    }
  }

  #done(change, at) {
    const { talk, key, made } = change;
    talk.change(key, { ...made, at, time: Math.max(this.#now(), talk.get(key)?.edited ?? 0) });
    if (talk.edit === change) {
      talk.edit = null;
    }
  }
}
