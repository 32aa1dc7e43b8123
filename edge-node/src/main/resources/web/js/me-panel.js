import { button, make, say } from './dom.js';
import { choice, field, form, outcome, section, tickBox } from './fields.js';
import { paintUser } from './person-row.js';
import { fitted } from './picture.js';
import { prefs } from './prefs.js';

const AVATAR_PX = 96;
// A data URL of this many bytes has the 16,384 characters that the server takes.
const AVATAR_BYTES = 12_000;
const STATUSES = [
  { value: 'online', text: 'Online' },
  { value: 'away', text: 'Away' },
  { value: 'busy', text: 'Busy' },
  { value: 'offline', text: 'Seem offline' },
];
const THEMES = [
  { value: 'system', text: 'As the system' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
];
const NOTICES = {
  on: 'Turn desktop notices off',
  off: 'Turn desktop notices on',
  denied: 'The browser forbids notices of this page',
  missing: 'This browser has no notices',
};

/** The user's own profile and status, and how the page behaves. */
export class MePanel {
  title = 'You';
  #chat;
  #notices;
  #face = make('span', 'avatar large');
  #outcome = outcome();
  #status;
  #noticeButton;
  #hasChosen = false;

  constructor(chat, notices) {
    this.#chat = chat;
    this.#notices = notices;
    chat.people.profiles.want(chat.me);
  }

  build(body) {
    this.#face.setAttribute('aria-hidden', 'true');
    const head = make('div', 'head');
    head.append(this.#face, make('p', 'big-name', this.#chat.me), this.#outcome.line);
    body.append(head, section('Profile', this.#pictureActs(), this.#nameForm()), section('Status', this.#statusChoice()), section('This browser', ...this.#settings()));
  }

  #pictureActs() {
    const { people } = this.#chat;
    const input = make('input', 'hidden');
    Object.assign(input, { type: 'file', accept: 'image/*', tabIndex: -1 });
    input.setAttribute('aria-label', 'Picture');
    input.addEventListener('change', async () => {
      const [file] = input.files;
      const picture = file && (await fitted(file, AVATAR_BYTES, AVATAR_PX));
      input.value = '';
      if (file && !picture) {
        this.#outcome.tell('This file is no picture that the browser can read.', true);
      } else if (picture) {
        this.#tell(await people.introduce({ avatar: `data:${picture.mime};base64,${picture.data}` }));
      }
    });
    const acts = make('div', 'acts');
    acts.append(
      input,
      button('Choose picture', '', () => input.click()),
      button('Remove picture', 'quiet', async () => this.#tell(await people.introduce({ avatar: '' }))),
    );
    return acts;
  }

  #nameForm() {
    const { people, me } = this.#chat;
    const name = field('Name that others see', { value: people.profiles.of(me).nickname, maxLength: 64, placeholder: me });
    return form([name], 'Save', async () => {
      const fault = await people.introduce({ nickname: name.input.value.trim() });
      this.#tell(fault);
      return fault;
    });
  }

  #statusChoice() {
    this.#status = choice('What others see', STATUSES, this.#chat.presenceOf(this.#chat.me)?.status ?? 'online');
    this.#status.input.addEventListener('change', async () => {
      this.#hasChosen = true;
      const isTaken = await this.#chat.presence.show(this.#status.input.value);
      this.#outcome.tell(isTaken ? 'Saved.' : 'The server did not take this. Try again later.', !isTaken);
    });
    return this.#status.box;
  }

  #settings() {
    const { theme, sound } = prefs.get();
    const look = choice('Colours', THEMES, theme);
    look.input.addEventListener('change', () => prefs.set({ theme: look.input.value }));
    const tone = tickBox('Sound for new messages', sound);
    tone.input.addEventListener('change', () => prefs.set({ sound: tone.input.checked }));
    this.#noticeButton = button('', '', async () => {
      await this.#notices.turn(this.#notices.state !== 'on');
      this.update();
    });
    return [look.box, tone.box, this.#noticeButton];
  }

  update() {
    paintUser(this.#face, this.#chat, this.#chat.me);
    const { state } = this.#notices;
    say(this.#noticeButton, NOTICES[state]);
    this.#noticeButton.disabled = state === 'denied' || state === 'missing';
    const status = this.#chat.presenceOf(this.#chat.me)?.status;
    if (status && !this.#hasChosen && document.activeElement !== this.#status.input) {
      this.#status.input.value = status;
    }
  }

  #tell(fault) {
    this.#outcome.tell(fault ?? 'Saved.', fault !== null);
  }
}
