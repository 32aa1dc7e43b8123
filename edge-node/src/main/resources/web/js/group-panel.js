import { confirmed } from './dialogs.js';
import { button, make, paintAvatar, say } from './dom.js';
import { field, form, outcome, section } from './fields.js';
import { friendPicker } from './friend-picker.js';
import { memberCount, namesIn } from './groups.js';
import { nameFault } from './names.js';
import { PersonList } from './person-row.js';
import { stamp } from './times.js';

/** One group: what it is, its members, and what a member or the founder does with it. */
export class GroupPanel {
  title = 'Group';
  #chat;
  #topic;
  #told;
  #face = make('span', 'avatar large');
  #name = make('p', 'big-name');
  #about = make('p', 'hint');
  #outcome = outcome();
  #list;
  #picker;
  #members = [];
  #next = null;
  #moreButton;
  #founders = make('div');
  /** What is for members alone. */
  #inside = make('div', 'parts');
  #version = null;

  /** @param told person(user), left() */
  constructor(chat, topic, told) {
    this.#chat = chat;
    this.#topic = topic;
    this.#told = told;
    this.#list = new PersonList(chat, told.person);
    chat.topics.refresh(topic);
  }

  build(body) {
    this.#face.setAttribute('aria-hidden', 'true');
    const head = make('div', 'head');
    head.append(this.#face, this.#name, this.#about, this.#outcome.line);
    this.#moreButton = button('More members', 'quiet', () => this.#load(this.#next));
    const leave = button('Leave group', 'danger', () => this.#leave());
    this.#inside.append(section('Members', this.#inviting(), this.#list.element, this.#moreButton), this.#founders, leave);
    body.append(head, this.#inside);
    this.#buildFounders();
  }

  #inviting() {
    const names = field('Add members', { autocapitalize: 'none', spellcheck: false, dir: 'ltr', placeholder: 'Names, with spaces between them' });
    this.#picker = friendPicker(this.#chat, names.input);
    return form([names, this.#picker], 'Add', async () => {
      const members = namesIn(names.input.value);
      const fault = members.length === 0 ? 'Type a name first.' : members.map(nameFault).find(Boolean);
      const refusal = fault ?? (await this.#chat.topics.invite(this.#topic, members));
      if (!refusal) {
        names.input.value = '';
        this.#load();
      }
      return refusal;
    });
  }

  #buildFounders() {
    const { topics } = this.#chat;
    const name = field('Name of the group', { value: topics.name(this.#topic), maxLength: 64 });
    const rename = form([name], 'Rename', async () => {
      const wanted = name.input.value.trim();
      return wanted ? topics.rename(this.#topic, wanted) : 'Type a name first.';
    });
    this.#founders.append(section('You are the founder', rename, button('Disband group', 'danger', () => this.#disband())));
  }

  update() {
    const { topics } = this.#chat;
    const info = topics.info(this.#topic);
    paintAvatar(this.#face, this.#topic, topics.name(this.#topic));
    say(this.#name, topics.name(this.#topic));
    const isOut = topics.isOut(this.#topic);
    this.#inside.hidden = isOut;
    say(this.#about, isOut ? 'You are not in this group.' : info ? aboutText(info) : '');
    this.#founders.hidden = !topics.isFounder(this.#topic);
    const version = `${info?.members} ${info?.founder}`;
    if (info && this.#version !== version) {
      this.#version = version;
      this.#load();
    }
    this.#showMembers();
  }

  async #load(after) {
    const page = await this.#chat.topics.members(this.#topic, after);
    if (page.error) {
      this.#outcome.tell(page.error, true);
      return;
    }
    this.#members = after ? [...this.#members, ...page.members] : page.members;
    this.#next = page.next ?? null;
    this.#showMembers();
  }

  #showMembers() {
    const { topics, me } = this.#chat;
    const founder = topics.info(this.#topic)?.founder;
    const mayManage = founder === me;
    this.#list.update(
      this.#members.map(({ user, joinTime }) => ({
        user,
        text: `${user === founder ? 'founder · ' : ''}joined ${stamp(joinTime * 1_000)}`,
        acts: mayManage && user !== me ? this.#founderActs(user) : [],
      })),
    );
    this.#picker.leaveOut(this.#members.map(({ user }) => user));
    this.#moreButton.hidden = this.#next === null;
  }

  #founderActs(user) {
    const { topics, people } = this.#chat;
    const name = people.name(user);
    return [
      { text: 'Make founder', className: 'quiet', act: async () => (await confirmed(`Make ${name} the founder? You become an ordinary member.`, 'Make founder')) && this.#do(topics.transfer(this.#topic, user)) },
      { text: 'Remove', className: 'danger', act: async () => (await confirmed(`Remove ${name} from the group?`, 'Remove')) && this.#do(topics.kick(this.#topic, user)) },
    ];
  }

  async #do(asked) {
    const fault = await asked;
    this.#outcome.tell(fault, true);
    this.#load();
  }

  async #leave() {
    if (await confirmed('Leave this group?', 'Leave group')) {
      this.#end(await this.#chat.topics.leave(this.#topic));
    }
  }

  async #disband() {
    if (await confirmed('Disband this group? It is gone for all its members.', 'Disband group')) {
      this.#end(await this.#chat.topics.disband(this.#topic));
    }
  }

  #end(fault) {
    if (fault) {
      this.#outcome.tell(fault, true);
      this.#outcome.line.scrollIntoView({ block: 'center' });
    } else {
      this.#told.left();
    }
  }
}

function aboutText({ topic, members, join, history }) {
  const who = join === 'invite' ? 'by invitation only' : 'open to all who know its id';
  const what = history ? 'newcomers see earlier messages' : 'newcomers see new messages only';
  return `${memberCount(members ?? 0)} · ${who} · ${what} · id ${topic}`;
}
