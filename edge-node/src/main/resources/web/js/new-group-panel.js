import { choice, field, form, tickBox } from './fields.js';
import { friendPicker } from './friend-picker.js';
import { namesIn } from './groups.js';
import { nameFault } from './names.js';

/** Where a group is begun. */
export class NewGroupPanel {
  title = 'New group';
  #chat;
  #name;
  #created;

  /** @param created told the topic */
  constructor(chat, name, created) {
    this.#chat = chat;
    this.#name = name;
    this.#created = created;
  }

  build(body) {
    const name = field('Name of the group', { value: this.#name, maxLength: 64 });
    const members = field('Members', {
      autocapitalize: 'none',
      spellcheck: false,
      dir: 'ltr',
      hint: 'Names, with spaces between them. You are a member without being named.',
    });
    (this.#name ? members : name).input.dataset.first = '';
    const join = choice('Who may join', [
      { value: 'invite', text: 'Only who is added by a member' },
      { value: 'open', text: 'Everybody who knows the group’s id' },
    ], 'invite');
    const history = tickBox('New members see earlier messages', false);
    body.append(
      form([name, members, friendPicker(this.#chat, members.input), join, history], 'Create group', async () => {
        const title = name.input.value.trim();
        if (!title) {
          return 'Give the group a name.';
        }
        const names = namesIn(members.input.value).filter((each) => each !== this.#chat.me);
        const wrong = names.map(nameFault).find(Boolean);
        if (wrong) {
          members.fail(wrong);
          return null;
        }
        const made = await this.#chat.topics.create({ name: title, members: names, join: join.input.value, history: history.input.checked });
        if (made.topic) {
          this.#created(made.topic);
        }
        return made.error ?? null;
      }),
    );
  }

  update() {}
}
