import { Chat } from './js/chat.js';
import { takeDevice } from './js/device.js';
import { $, paintAvatar, say } from './js/dom.js';
import { askBeforeLogout, tellReplaced } from './js/dialogs.js';
import { keep } from './js/keep.js';
import { ListView } from './js/list-view.js';
import { LoginView } from './js/login-view.js';
import { Route } from './js/route.js';
import { TalkView } from './js/talk-view.js';
import { untilTomorrow } from './js/times.js';
import { Tokens } from './js/tokens.js';

const PHONE = matchMedia('(max-width: 719px)');
const REPLACED = 3504;
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
const listView = new ListView((peer) => {
  route.open(peer);
  open(peer);
});
const talkView = new TalkView(() => eyes.open);
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
  paintAvatar($('me-avatar'), name);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  chat = new Chat({
    me: name,
    tokens,
    device,
    url: `${scheme}://${location.host}/v1/ws`,
    eyes,
    changed: renderSoon,
    stopped,
  });
  talkView.use(chat);
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

function open(peer) {
  chat.open(peer);
  showView('talk');
  render();
  talkView.focus(PHONE.matches);
}

function closeTalk() {
  const peer = chat.current?.peer;
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
  renderStatus();
  renderTitle();
  listView.render(chat);
  talkView.render();
}

function renderStatus() {
  $('status').dataset.state = STATUS[chat.state];
  say($('status'), STATUS[chat.state]);
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
async function stopped(code, reason) {
  if (code !== REPLACED) {
    toLogin(reason ? `The server ended the session: ${reason}` : 'The server ended the session.');
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
  const answer = asked.unsent === 0 ? 'keep' : await askBeforeLogout(asked.unsent, asked.atRisk, asked.me);
  if (answer === 'drop') {
    asked.dropUnsent();
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

const login = keep.login();
if (login) {
  enter({ ...login, tokens: new Tokens(login.name, login.pasted) });
} else {
  loginView.show();
}
