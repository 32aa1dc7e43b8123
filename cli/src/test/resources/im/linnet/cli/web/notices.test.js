import { Notices } from '/js/notices.js';
import { prefs } from '/js/prefs.js';
import { beep } from '/js/tone.js';
import { equal } from './expect.js';

const CHAT = { me: 'aa', nameOf: ({ peer }) => peer, people: { name: (user) => user } };
const TALK = { key: 'bb', peer: 'bb', isTopic: false };
const MESSAGE = { type: 'text', from: 'bb', content: 'hello' };

/** With those in place of the browser's own. */
function having(others, test) {
  const kept = Object.keys(others).map((name) => [name, globalThis[name]]);
  Object.assign(globalThis, others);
  try {
    test();
  } finally {
    kept.forEach(([name, value]) => (globalThis[name] = value));
    prefs.set({ notices: false, sound: false });
  }
}

export function aBrowserThatShowsNoNoticesOfAPageIsAskedOnce() {
  let asked = 0;
  class OnAndroid {
    static permission = 'granted';

    constructor() {
      asked++;
      throw new TypeError('Illegal constructor');
    }
  }
  having({ Notification: OnAndroid }, () => {
    prefs.set({ notices: true });
    const notices = new Notices(() => {});
    equal(notices.state, 'on');
    notices.came(CHAT, TALK, MESSAGE);
    notices.came(CHAT, TALK, MESSAGE);
    notices.seen('bb');
    equal([notices.state, asked], ['missing', 1]);
  });
}

export function aNoticeSaysWhoWroteWhat() {
  const shown = [];
  class Shown {
    static permission = 'granted';

    constructor(title, { body, tag }) {
      shown.push([title, body, tag]);
    }

    close() {}
  }
  having({ Notification: Shown }, () => {
    prefs.set({ notices: true });
    const notices = new Notices(() => {});
    notices.came(CHAT, TALK, MESSAGE);
    equal([shown, notices.state], [[['bb', 'hello', 'bb']], 'on']);
  });
}

export function aPageThatMayNotSoundKeepsNothingOpen() {
  const timers = [];
  const contexts = [];
  class Suspended {
    state = 'suspended';
    currentTime = 0;

    constructor() {
      contexts.push(this);
    }

    resume() {
      return new Promise(() => {});
    }

    async close() {
      this.state = 'closed';
    }
  }
  class Node {
    connect(next) {
      return next;
    }

    start() {}

    stop() {}
  }
  having({ AudioContext: Suspended, OscillatorNode: Node, GainNode: Node, setTimeout: (action) => timers.push(action) }, () => {
    beep();
    beep();
    timers.forEach((action) => action());
    equal(contexts.map(({ state }) => state), ['closed']);
    beep();
    equal(contexts.length, 2);
    timers.at(-1)();
  });
}

export function aBrowserWithoutSoundLosesNoMessage() {
  const timers = [];
  class Missing {
    constructor() {
      throw new Error('no device');
    }
  }
  having({ AudioContext: Missing, setTimeout: (action) => timers.push(action) }, () => {
    prefs.set({ sound: true });
    new Notices(() => {}).came(CHAT, TALK, MESSAGE);
    timers.forEach((action) => action());
  });
}
