import { summaryOf } from './attachment.js';
import { friendLine } from './friends.js';
import { prefs } from './prefs.js';
import { beep } from './tone.js';

/** Desktop notices and a sound for what comes while the user looks elsewhere. Both are off at first. */
export class Notices {
  #open;
  #shown = new Map();
  /** Some browsers have notices, but none that a page can show: Chrome on Android. */
  #isMissing = !('Notification' in globalThis);

  /** @param open told the key of the conversation, or null for the people, that the user chose */
  constructor(open) {
    this.#open = open;
  }

  /** "on", "off", "denied" by the browser, or "missing" in it. */
  get state() {
    if (this.#isMissing) {
      return 'missing';
    }
    if (Notification.permission === 'denied') {
      return 'denied';
    }
    return Notification.permission === 'granted' && prefs.get().notices ? 'on' : 'off';
  }

  /** The browser asks the user; called by a button's press. */
  async turn(on) {
    if (on && this.state !== 'missing') {
      await Notification.requestPermission();
    }
    prefs.set({ notices: on });
  }

  /** A message that nobody sees; without a conversation it is one about friendship. */
  came(chat, talk, message) {
    if (prefs.get().sound) {
      beep();
    }
    if (this.state !== 'on') {
      return;
    }
    const key = talk?.key ?? null;
    const name = (user) => chat.people.name(user);
    const said = talk ? summaryOf(message.type, message.content) : friendLine(chat.me, message, name);
    const body = talk?.isTopic ? `${name(message.from)}: ${said}` : said;
    this.#show(key, talk ? chat.nameOf(talk) : name(message.from), body.slice(0, 200));
  }

  #show(key, title, body) {
    let notice;
    try {
      notice = new Notification(title, { body, tag: key ?? 'people' });
    } catch {
      this.#isMissing = true;
      return;
    }
    this.#shown.get(key)?.close();
    this.#shown.set(key, notice);
    notice.onclick = () => {
      focus();
      this.#open(key);
      notice.close();
    };
  }

  /** The user reads that conversation now. */
  seen(key) {
    this.#shown.get(key)?.close();
    this.#shown.delete(key);
  }
}
