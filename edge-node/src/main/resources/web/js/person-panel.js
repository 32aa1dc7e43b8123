import { confirmed } from './dialogs.js';
import { button, make, say } from './dom.js';
import { field, form, outcome, section } from './fields.js';
import { paintUser } from './person-row.js';
import { lastSeen } from './times.js';

const MOST_LABELS = 20;

/** One user: profile, friendship, the owner's own remark and labels, and blocking. */
export class PersonPanel {
  title = 'Details';
  #chat;
  #user;
  #message;
  #face = make('span', 'avatar large');
  #name = make('p', 'big-name');
  #id = make('p', 'hint');
  #status = make('p', 'status');
  #acts = make('div', 'acts');
  #shownActs = null;
  #outcome = outcome();

  /** @param message told the user to whom a message is to be written */
  constructor(chat, user, message) {
    this.#chat = chat;
    this.#user = user;
    this.#message = message;
    chat.people.profiles.want(user);
    chat.people.refresh();
  }

  build(body) {
    this.#face.setAttribute('aria-hidden', 'true');
    const head = make('div', 'head');
    head.append(this.#face, this.#name, this.#id, this.#status, this.#acts, this.#outcome.line);
    body.append(head);
    if (this.#user !== this.#chat.me) {
      body.append(section('Only you see this', this.#noteForm()));
    }
  }

  #noteForm() {
    const { people } = this.#chat;
    const { remark, labels } = people.contact(this.#user);
    const name = field('Name for this contact', { value: remark, maxLength: 64 });
    const tags = field('Labels', { value: labels.join(', '), hint: 'With commas between them. You can search for them.' });
    return form([name, tags], 'Save', async () => {
      const list = [...new Set(tags.input.value.split(',').map((label) => label.trim()).filter(Boolean))];
      if (list.length > MOST_LABELS) {
        tags.fail(`A contact has at most ${MOST_LABELS} labels.`);
        return null;
      }
      const fault = await people.note(this.#user, name.input.value.trim(), list);
      this.#outcome.tell(fault ? '' : 'Saved.');
      return fault;
    });
  }

  update() {
    const { people } = this.#chat;
    const shown = people.name(this.#user);
    paintUser(this.#face, this.#chat, this.#user);
    say(this.#name, shown);
    const { nickname } = people.profiles.of(this.#user);
    say(this.#id, [this.#user, nickname && nickname !== shown ? nickname : ''].filter((each) => each && each !== shown).join(' · '));
    const presence = this.#chat.presenceOf(this.#user);
    const isAway = presence?.status === 'offline' && presence.lastSeen > 0;
    say(this.#status, isAway ? lastSeen(presence.lastSeen) : presence?.status ?? '');
    this.#status.dataset.state = presence?.status ?? 'unknown';
    this.#showActs(this.#possible());
  }

  #possible() {
    const { people, me } = this.#chat;
    const user = this.#user;
    const acts = [{ text: 'Message', className: 'primary', act: () => this.#message(user) }];
    if (user === me) {
      return acts;
    }
    const befriend = (type, done) => () => this.#do(people.befriend(type, user), done);
    if (people.isFriend(user)) {
      acts.push({ text: 'Remove friend', act: () => this.#removeFriend() });
    } else if (people.requestOf(user)) {
      acts.push({ text: 'Accept request', act: befriend('accept_friend', 'You are friends now.') });
      acts.push({ text: 'Decline', act: befriend('reject_friend', 'Declined.') });
    } else if (people.hasAsked(user)) {
      acts.push({ text: 'Request sent', isOff: true });
    } else {
      acts.push({ text: 'Add friend', act: befriend('add_friend', 'Request sent.') });
    }
    const isBlocked = people.isBlocked(user);
    acts.push({
      text: isBlocked ? 'Unblock' : 'Block',
      className: isBlocked ? '' : 'danger',
      act: () => this.#do(people.block(user, !isBlocked), isBlocked ? 'Unblocked.' : 'Blocked: this user cannot write to you.'),
    });
    return acts;
  }

  async #removeFriend() {
    if (await confirmed(`Remove ${this.#chat.people.name(this.#user)} from your friends?`, 'Remove friend')) {
      this.#do(this.#chat.people.befriend('remove_friend', this.#user), 'Removed.');
    }
  }

  async #do(asked, done) {
    const fault = await asked;
    this.#outcome.tell(fault ?? done, fault !== null);
  }

  #showActs(acts) {
    const signature = acts.map(({ text }) => text).join();
    if (this.#shownActs !== signature) {
      this.#shownActs = signature;
      const buttons = acts.map(({ text, className = '', act, isOff }) => Object.assign(button(text, className, act ?? (() => {})), { disabled: isOff === true }));
      this.#acts.replaceChildren(...buttons);
    }
  }
}
