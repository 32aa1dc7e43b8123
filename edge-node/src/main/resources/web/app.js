import { Chat } from './js/chat.js';
import { takeDevice } from './js/device.js';
import { $, say, showError } from './js/dom.js';
import { askBeforeLogout, tellReplaced } from './js/dialogs.js';
import { FindView } from './js/find-view.js';
import { GroupPanel } from './js/group-panel.js';
import { keep } from './js/keep.js';
import { ListView } from './js/list-view.js';
import { LoginView } from './js/login-view.js';
import { MePanel } from './js/me-panel.js';
import { NewGroupPanel } from './js/new-group-panel.js';
import { Notices } from './js/notices.js';
import { PeoplePanel } from './js/people-panel.js';
import { PersonPanel } from './js/person-panel.js';
import { paintUser } from './js/person-row.js';
import { applyTheme } from './js/prefs.js';
import { ReadersPanel } from './js/readers-panel.js';
import { Route } from './js/route.js';
import { Sheet } from './js/sheet.js';
import { TalkView } from './js/talk-view.js';
import { untilTomorrow } from './js/times.js';
import { Tokens } from './js/tokens.js';

const PHONE = matchMedia('(max-width: 719px)');
const REPLACED = 3504;
/** The status that the user chose, where it is not the usual one. */
const SHOWN_TO_OTHERS = { away: 'away', busy: 'busy' };
const STATUS = { connecting: 'connecting', online: 'online', silent: 'not answering', waiting: 'offline', stopped: 'offline' };

const eyes = {
  get open() {
    return document.visibilityState === 'visible' && document.hasFocus() && talkIsShown();
  },
  get atEnd() {
    return talkView.atEnd;
  },
};
const loginView = new LoginView(enter);
const listView = new ListView(choose, () => chat?.listMore());
const findView = new FindView({
  open: choose,
  message: choose,
  group: (name) => sheet.show(new NewGroupPanel(chat, name, (topic) => choose(`/${topic}`))),
  friend: showPeople,
  join: joinGroup,
  searched: () => chat?.listAll(),
  down: () => document.querySelector('#talks button')?.focus(),
});
const sheet = new Sheet();
const notices = new Notices((key) => chat && (key === null ? showPeople() : choose(key)));
const talkView = new TalkView(() => eyes.open, {
  readers: (talk, uuid) => sheet.show(new ReadersPanel(chat, talk, uuid, showPerson)),
});
const route = new Route((peer) => chat && (peer === null ? closeTalk() : open(peer)));
let chat = null;
let frame = 0;

async function enter({ name, pasted, tokens }) {
  keep.saveLogin({ name, pasted });
  loginView.hide();
  // Until the tab has its device there is no session that a conversation could be opened in.
  const device = await tabDevice();
  $('chat').hidden = false;
  showView('list');
  say($('me-name'), name);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  chat = new Chat({
    me: name,
    tokens,
    device,
    url: `${scheme}://${location.host}/v1/ws`,
    eyes,
    changed: renderSoon,
    stopped,
    came: (talk, message) => notices.came(chat, talk, message),
  });
  talkView.use(chat);
  findView.use(chat);
  chat.start();
  route.begin(name);
  if (route.peer !== null) {
    open(route.peer);
  } else if (!PHONE.matches) {
    $('new-name').focus();
  }
}

let taken = null;
const tabDevice = () => (taken ??= takeDevice());

const talkIsShown = () => !PHONE.matches || $('chat').dataset.view === 'talk';

function showView(view) {
  $('chat').dataset.view = view;
}

/** The user chose that conversation. */
function choose(key) {
  sheet.close();
  route.open(key);
  open(key);
}

function open(key) {
  chat.open(key);
  notices.seen(key);
  showView('talk');
  render();
  talkView.focus(PHONE.matches);
}

function showPeople(name = '') {
  sheet.show(new PeoplePanel(chat, showPerson, name));
}

function showPerson(user) {
  sheet.show(new PersonPanel(chat, user, choose));
}

/** What there is to know of the open conversation. */
function showDetails() {
  const talk = chat?.current;
  if (talk?.isTopic) {
    sheet.show(new GroupPanel(chat, talk.peer, { person: showPerson, left: () => sheet.close() }));
  } else if (talk) {
    showPerson(talk.peer);
  }
}

async function joinGroup(topic) {
  const fault = await chat.topics.join(topic);
  if (fault) {
    showError($('new-error'), fault);
  } else {
    choose(`/${topic}`);
  }
}

function closeTalk() {
  const peer = chat.current?.key;
  chat.close();
  showView('list');
  render();
  document.querySelector(`#talks > li[data-key="${CSS.escape(peer ?? '')}"] button`)?.focus();
}

function renderSoon() {
  // A hidden page has no frames; its title still tells what is unread.
  if (document.hidden) {
    renderTitle();
  }
  frame ||= requestAnimationFrame(render);
}

function render() {
  cancelAnimationFrame(frame);
  frame = 0;
  if (!chat) {
    return;
  }
  leaveWhatIsGone();
  renderStatus();
  renderTitle();
  listView.render(chat);
  findView.render();
  talkView.render();
  sheet.render();
}

/** The open conversation may end: its user left the group, here or on another device. */
function leaveWhatIsGone() {
  if (!chat.current && $('chat').dataset.view === 'talk') {
    showView('list');
    route.back();
  }
}

function renderStatus() {
  const own = chat.presenceOf(chat.me)?.status;
  const status = chat.state === 'online' && SHOWN_TO_OTHERS[own] ? SHOWN_TO_OTHERS[own] : STATUS[chat.state];
  $('status').dataset.state = SHOWN_TO_OTHERS[own] && chat.state === 'online' ? own : status;
  say($('status'), status);
  paintUser($('me-avatar'), chat, chat.me);
  const waiting = chat.people.waiting.length;
  $('requests').hidden = waiting === 0;
  say($('requests'), String(waiting));
  $('people').setAttribute('aria-label', waiting === 0 ? 'People' : `People, ${waiting} ${waiting === 1 ? 'request' : 'requests'}`);
}

function renderTitle() {
  const unread = chat?.unreadTotal() ?? 0;
  document.title = unread > 0 ? `(${unread}) Linnet` : 'Linnet';
}

/** What "today" means changes while the page is open. */
function renderTomorrow() {
  setTimeout(() => {
    render();
    renderTomorrow();
  }, untilTomorrow() + 1_000);
}

/** The server ended the session for good: only the user can tell what now. */
async function stopped(code, why) {
  if (code !== REPLACED) {
    toLogin(why);
    return;
  }
  const replaced = chat;
  const comesBack = await tellReplaced();
  if (chat !== replaced) {
    return;
  }
  if (comesBack) {
    chat.start();
  } else {
    toLogin();
  }
}

function toLogin(error = null) {
  const name = chat?.me ?? '';
  sheet.close();
  chat?.leave();
  chat = null;
  route.end();
  keep.saveLogin(null);
  $('chat').hidden = true;
  renderTitle();
  loginView.show(name, error);
}

async function logOut() {
  if (!chat) {
    return;
  }
  const asked = chat;
  const answer = asked.unsent === 0 ? 'keep' : await askBeforeLogout(asked.unsent, asked.sending.atRisk, asked.me);
  if (answer === 'drop') {
    asked.sending.drop();
  }
  // The server may have ended the session meanwhile.
  if (answer !== 'stay' && chat === asked) {
    chat.logout();
    toLogin();
    loginView.show();
  }
}

/** Where the keyboard on the screen covers the page, the page becomes as low as what is left. */
function fitKeyboard() {
  const { height, scale } = visualViewport;
  if (Math.abs(scale - 1) < 0.01) {
    document.documentElement.style.setProperty('--visible-height', `${Math.round(height)}px`);
    scrollTo(0, 0);
  }
}

$('logout').addEventListener('click', logOut);
$('back').addEventListener('click', () => route.back());
$('me').addEventListener('click', () => chat && sheet.show(new MePanel(chat, notices)));
$('people').addEventListener('click', () => chat && showPeople());
$('details').addEventListener('click', showDetails);
document.addEventListener('keydown', (event) => {
  const isFree = chat && !document.querySelector('dialog[open]');
  if (isFree && event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!PHONE.matches || !talkIsShown()) {
      findView.focus();
    }
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && chat?.current && !event.isComposing && !document.querySelector('dialog[open]')) {
    if (!talkView.escape()) {
      route.back();
    }
  }
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    chat?.wake();
    render();
    talkView.look();
  }
});
addEventListener('focus', () => talkView.look());
addEventListener('online', () => chat?.wake());
addEventListener('offline', () => chat?.wake());
addEventListener('pagehide', () => chat?.saveNow());
visualViewport?.addEventListener('resize', fitKeyboard);
PHONE.addEventListener('change', render);
renderTomorrow();
applyTheme();

const login = keep.login();
if (login) {
  enter({ ...login, tokens: new Tokens(login.name, login.pasted) });
} else {
  loginView.show();
}
