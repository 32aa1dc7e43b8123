import { make } from './dom.js';
import { field, form, outcome, section } from './fields.js';
import { nameFault } from './names.js';
import { PersonList } from './person-row.js';
import { shortTime } from './times.js';

/** Requests, friends, and who is blocked. */
export class PeoplePanel {
  title = 'People';
  #chat;
  #show;
  #name;
  #lists = {};
  #parts = {};
  #outcome = outcome();

  /**
   * @param show told the user whose details are wanted
   * @param name whom the user wants to add, if that is known
   */
  constructor(chat, show, name = '') {
    this.#chat = chat;
    this.#show = show;
    this.#name = name;
    chat.people.refresh();
  }

  build(body) {
    body.append(this.#outcome.line);
    for (const [key, text] of [['waiting', 'Requests to you'], ['asked', 'Your requests'], ['friends', 'Friends'], ['blocked', 'Blocked']]) {
      this.#lists[key] = new PersonList(this.#chat, this.#show);
      this.#parts[key] = section(text, this.#lists[key].element);
    }
    this.#parts.none = make('p', 'hint', 'No friends yet.');
    this.#parts.friends.append(this.#parts.none);
    body.append(this.#parts.waiting, this.#adding(), this.#parts.friends, this.#parts.asked, this.#parts.blocked);
  }

  #adding() {
    const name = field('Name', { value: this.#name, autocapitalize: 'none', spellcheck: false, dir: 'ltr' });
    const text = field('Message (optional)', { maxLength: 500 });
    name.input.dataset.first = '';
    return section(
      'Add a friend',
      form([name, text], 'Send request', async () => {
        const user = name.input.value.trim();
        const wrong = nameFault(user) ?? (user === this.#chat.me ? 'This is you.' : null);
        const fault = wrong ?? (await this.#chat.people.befriend('add_friend', user, text.input.value.trim()));
        if (!fault) {
          name.input.value = '';
          text.input.value = '';
          this.#outcome.tell(this.#chat.people.isFriend(user) ? `You and ${user} are friends now.` : `Request sent to ${user}.`);
        }
        return fault;
      }),
    );
  }

  update() {
    const { people, me } = this.#chat;
    people.see();
    const act = (type, user, done) => async (element) => {
      element.disabled = true;
      const fault = await people.befriend(type, user);
      element.disabled = false;
      this.#outcome.tell(fault ?? done, fault !== null);
    };
    this.#fill(
      'waiting',
      people.waiting.map(({ reqUser: user, reqMessage, time }) => ({
        user,
        text: reqMessage || shortTime(time),
        acts: [
          { text: 'Accept', className: 'primary', act: act('accept_friend', user, `You and ${people.name(user)} are friends now.`) },
          { text: 'Decline', act: act('reject_friend', user, 'Declined.') },
        ],
      })),
    );
    const outgoing = people.requests.filter(({ reqUser, status }) => reqUser === me && status !== 1);
    const newest = [...new Map(outgoing.toReversed().map((each) => [each.user, each])).values()];
    this.#fill(
      'asked',
      newest.map(({ user, status, time }) => ({ user, text: `${status === 2 ? 'declined' : 'waits for an answer'} · ${shortTime(time)}` })),
    );
    this.#fill('friends', people.friends.map((user) => ({ user, text: this.#chat.presenceOf(user)?.status ?? '' })));
    this.#parts.friends.hidden = false;
    this.#parts.none.hidden = people.friends.length > 0;
    this.#fill(
      'blocked',
      people.blocked.map((user) => ({
        user,
        acts: [{ text: 'Unblock', act: async () => this.#outcome.tell(await people.block(user, false), true) }],
      })),
    );
  }

  #fill(key, rows) {
    this.#lists[key].update(rows);
    this.#parts[key].hidden = rows.length === 0;
  }
}
