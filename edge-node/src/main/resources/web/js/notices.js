import { summaryOf } from './attachment.js';
import { friendLine } from './friends.js';
import { prefs } from './prefs.js';

const TONE_HZ = 660;
const TONE_S = 0.15;

/** Desktop notices and a sound for what comes while the user looks elsewhere. Both are off at first. */
export class Notices {
  #open;
  #shown = new Map();

  /** @param open told the key of the conversation, or null for the people, that the user chose */
  constructor(open) {
    this.#open = open;
  }

  /** "on", "off", "denied" by the browser, or "missing" in it. */
  get state() {
    if (!('Notification' in globalThis)) {
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
    const notice = new Notification(talk ? chat.nameOf(talk) : name(message.from), { body: body.slice(0, 200), tag: key ?? 'people' });
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

function beep() {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: TONE_HZ });
  const volume = new GainNode(context, { gain: 0.08 });
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + TONE_S);
  tone.onended = () => context.close();
}
