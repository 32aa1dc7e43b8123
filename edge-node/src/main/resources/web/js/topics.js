import { grouped } from './groups.js';
import { ask } from './link.js';
import { Loading } from './loading.js';
import { fault } from './words.js';

const PAGE = 100;

/** The groups that this user is in, and what a member does with one. */
export class Topics {
  #me;
  #link;
  #commands;
  #took;
  #changed;
  #infos = new Map();
  /** The names of groups that the user is out of. */
  #former = new Map();
  #list;
  #isListed = false;
  #asked = new Set();
  /** The groups of which something came that the answer under way may lack. */
  #doubted = new Set();

  /** @param took told the fact of an own act, in the form of a push; changed() */
  constructor(me, link, commands, took, changed) {
    this.#me = me;
    this.#link = link;
    this.#commands = commands;
    this.#took = took;
    this.#changed = changed;
    this.#list = new Loading(link, 'topic.list', ({ topics }) => {
      this.#infos = new Map(topics.map((info) => [info.topic, info]));
      this.#isListed = true;
      changed();
    });
  }

  restart() {
    this.#asked.clear();
    this.#doubted.clear();
    this.#list.restart();
  }

  ids() {
    return [...this.#infos.keys()];
  }

  /** {topic, name, founder, join, history, members: how many}; undefined where it is not known. */
  info(topic) {
    return this.#infos.get(topic);
  }

  /** Whether the user is known not to be in that group. */
  isOut(topic) {
    return this.#isListed && !this.#infos.has(topic);
  }

  /** The name to show of a group. */
  name(topic) {
    return this.info(topic)?.name || this.#former.get(topic) || topic;
  }

  isFounder(topic) {
    return this.info(topic)?.founder === this.#me;
  }

  /** Takes a name that another reply told. */
  named(topic, name) {
    if (name && !this.#infos.has(topic)) {
      this.#infos.set(topic, { topic, name });
    }
  }

  /**
   * Takes a push, or the fact of an own act.
   *
   * @param part "out" where the user is out of the group by it: its name stays with the conversation
   */
  take(frame, part) {
    const { topic } = frame;
    this.#list.doubt();
    if (this.#asked.has(topic)) {
      this.#doubted.add(topic);
    }
    if (part === 'out') {
      this.#former.set(topic, this.name(topic));
      this.#infos.delete(topic);
    } else {
      this.#infos.set(topic, grouped(this.info(topic), frame));
    }
  }

  /** Asks for the newest state of a group. */
  async refresh(topic) {
    if (this.#asked.has(topic)) {
      return;
    }
    this.#asked.add(topic);
    const reply = await ask(this.#link, 'topic.info', { topic });
    this.#asked.delete(topic);
    if (this.#doubted.delete(topic) && reply) {
      this.refresh(topic);
    } else if (reply?.code === 0) {
      this.#infos.set(topic, reply.data);
      this.#changed();
    }
  }

  /** Resolves to {members: [{user, joinTime in s}], next} or {error}. */
  async members(topic, after) {
    const reply = await ask(this.#link, 'topic.members', { topic, limit: PAGE, ...(after ? { after } : {}) });
    return reply?.code === 0 ? reply.data : { error: reply ? fault('topic.members', reply) : 'No connection.' };
  }

  /** Resolves to {topic} or {error}. */
  async create({ name, members, join, history }) {
    const reply = await this.#commands.run('topic.create', { name, members, join, history });
    if (reply.code === 0) {
      this.#done(reply.data, { event: 'created', topic: reply.data.topic, members: [this.#me, ...members], name });
    }
    return reply.code === 0 ? { topic: reply.data.topic } : { error: fault('topic.create', reply) };
  }

  join(topic) {
    return this.#act('topic.join', { topic }, { event: 'joined', members: [this.#me] });
  }

  invite(topic, members) {
    return this.#act('topic.invite', { topic, members }, { event: 'joined', members });
  }

  kick(topic, member) {
    return this.#act('topic.kick', { topic, member }, { event: 'kicked', members: [member] });
  }

  rename(topic, name) {
    return this.#act('topic.rename', { topic, name }, { event: 'renamed', name });
  }

  transfer(topic, member) {
    return this.#act('topic.transfer', { topic, member }, { event: 'transferred', members: [member] });
  }

  leave(topic) {
    return this.#act('topic.leave', { topic }, { event: 'left', members: [this.#me] });
  }

  disband(topic) {
    return this.#act('topic.disband', { topic }, { event: 'disbanded' });
  }

  /** Resolves to what is wrong, or null. */
  async #act(op, fields, fact) {
    const reply = await this.#commands.run(op, fields);
    if (reply.code === 0) {
      this.#done(reply.data, { ...fact, topic: fields.topic });
    }
    return fault(op, reply);
  }

  /** The session that acts is told nothing but the reply. */
  #done(info, fact) {
    this.#took({ op: 'topic', by: this.#me, time: Date.now(), ...fact });
    if (info?.topic && info.name !== undefined && this.#infos.has(info.topic)) {
      this.#infos.set(info.topic, info);
    }
    this.#changed();
  }
}
