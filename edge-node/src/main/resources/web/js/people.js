import { NOBODY, befriended, hasAsked, waitingFor } from './friends.js';
import { ask } from './link.js';
import { Loading } from './loading.js';
import { Profiles } from './profiles.js';
import { fault } from './words.js';

/** Friends, requests, contacts, blocked users and profiles: how this user knows others. */
export class People {
  #me;
  #link;
  #commands;
  #took;
  #changed;
  #state = NOBODY;
  #contacts = new Map();
  #blocked = new Set();
  /** The newest place of what each other user asked or answered that the user has not looked at. */
  #unseen = new Map();
  #loads;

  /** @param took told an own act of friendship, in the form of a push; changed() */
  constructor(me, link, commands, took, changed) {
    this.#me = me;
    this.#link = link;
    this.#commands = commands;
    this.#took = took;
    this.#changed = changed;
    this.profiles = new Profiles(link, changed);
    const loading = (op, take) =>
      new Loading(link, op, (data, fields) => {
        take(data, fields);
        changed();
      });
    this.#loads = {
      friends: loading('friend.list', ({ friends }) => (this.#state = { ...this.#state, friends })),
      requests: loading('friend.requests', ({ requests }) => this.#takeRequests(requests)),
      contacts: loading('contact.list', (data) => this.#takeContacts(data)),
      blocked: loading('block.list', ({ blocked }) => (this.#blocked = new Set(blocked))),
    };
  }

  get friends() {
    return this.#state.friends;
  }

  get requests() {
    return this.#state.requests;
  }

  /** The requests that wait for this user's answer. */
  get waiting() {
    return waitingFor(this.#me, this.#state.requests);
  }

  get blocked() {
    return [...this.#blocked];
  }

  isFriend(user) {
    return this.#state.friends.includes(user);
  }

  isBlocked(user) {
    return this.#blocked.has(user);
  }

  hasAsked(user) {
    return hasAsked(this.#me, user, this.#state.requests);
  }

  /** The request of that user which waits for an answer, if there is one. */
  requestOf(user) {
    return this.waiting.find(({ reqUser }) => reqUser === user);
  }

  /** Whether anything about friendship passed between the two. */
  relates(user) {
    return this.isFriend(user) || this.#state.requests.some((each) => each.user === user || each.reqUser === user);
  }

  /** {remark, labels} of that user, which nobody else sees. */
  contact(user) {
    return this.#contacts.get(user) ?? { remark: '', labels: [] };
  }

  /** The name to show of a user. */
  name(user) {
    return this.contact(user).remark || this.profiles.of(user).nickname || user;
  }

  /** All names by which somebody may look for that user. */
  names(user) {
    const { remark, labels } = this.contact(user);
    return [user, remark, this.profiles.of(user).nickname, ...labels].filter(Boolean);
  }

  /** A session stands. What is known of friendships is continued by pushes. */
  restart() {
    this.profiles.restart();
    Object.values(this.#loads).forEach((load) => load.restart());
  }

  /** The user looks at all of it. */
  refresh() {
    Object.values(this.#loads).forEach((load) => load.load());
  }

  /** A push of the stream of friendships, or an own act of that form. */
  take(frame) {
    this.#state = befriended(this.#state, this.#me, frame);
    this.#loads.friends.doubt();
    this.#loads.requests.doubt();
    if (frame.from !== this.#me && frame.at && !frame.read) {
      this.#unseen.set(frame.from, frame.at);
    }
  }

  /** The user looks at what that other one asked or answered; without a name, at all of it. */
  see(user) {
    for (const [peer, upTo] of this.#unseen) {
      if (user === undefined || peer === user) {
        this.#unseen.delete(peer);
        this.#mark(peer, upTo);
      }
    }
  }

  async #mark(peer, upTo) {
    const reply = await ask(this.#link, 'read', { kind: 'mutual', peer, upTo });
    if (reply === null && !this.#unseen.has(peer)) {
      this.#unseen.set(peer, upTo);
    }
  }

  /** Asks for friendship, or answers, or ends it: resolves to what is wrong, or null. */
  async befriend(type, to, content = '') {
    const reply = await this.#commands.run('send', { kind: 'mutual', to, type, content });
    if (reply.code === 0) {
      const { time, uuid } = reply.data;
      this.#took({ op: 'message', kind: 'mutual', type, from: this.#me, to, content, time, uuid });
    } else {
      // What is shown was not what is.
      this.refresh();
    }
    this.#changed();
    return fault(type, reply);
  }

  async block(user, isBlocked) {
    const op = isBlocked ? 'block.add' : 'block.remove';
    const reply = await this.#commands.run(op, { user });
    if (reply.code === 0) {
      this.#blocked[isBlocked ? 'add' : 'delete'](user);
      this.#changed();
    }
    return fault(op, reply);
  }

  async note(user, remark, labels) {
    const reply = await this.#commands.run('contact.set', { user, remark, labels });
    if (reply.code === 0) {
      this.#contacts.set(user, { remark, labels });
      this.#changed();
    }
    return fault('contact.set', reply);
  }

  /** @param profile {nickname?, avatar?} of this user */
  async introduce(profile) {
    const reply = await this.#commands.run('profile.set', profile);
    if (reply.code === 0) {
      this.profiles.take({ ...this.profiles.of(this.#me), ...profile, user: this.#me });
      this.#changed();
    }
    return fault('profile.set', reply);
  }

  /** The store's times are in seconds. */
  #takeRequests(requests) {
    this.#state = { ...this.#state, requests: requests.map((each) => ({ ...each, time: each.time * 1_000 })) };
  }

  #takeContacts({ contacts, next }) {
    contacts.forEach(({ user, remark, labels }) => this.#contacts.set(user, { remark: remark ?? '', labels: labels ?? [] }));
    if (next) {
      this.#loads.contacts.load({ after: next });
    }
  }
}
