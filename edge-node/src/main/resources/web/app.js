import { Chat } from './js/chat.js';
import { takeDevice } from './js/device.js';
import { $, paintAvatar, say } from './js/dom.js';
import { keep } from './js/keep.js';
import { ListView } from './js/list-view.js';
import { LoginView } from './js/login-view.js';
import { Route } from './js/route.js';
import { TalkView } from './js/talk-view.js';
import { Tokens } from './js/tokens.js';

const PHONE = matchMedia('(max-width: 719px)');
const REPLACED = 3504;
const STATUS = { connecting: 'connecting', online: 'online', waiting: 'offline', stopped: 'offline' };

const loginView = new LoginView(enter);
const listView = new ListView((peer) => {
  route.open(peer);
  open(peer);
});
const talkView = new TalkView();
const route = new Route((peer) => chat && (peer === null ? closeTalk() : open(peer)));
let chat = null;
let frame = 0;

async function enter({ name, pasted, tokens }) {
  keep.saveLogin({ name, pasted });
  loginView.hide();
  $('chat').hidden = false;
  $('stopped').hidden = true;
  showView('list');
  say($('me-name'), name);
  paintAvatar($('me-avatar'), name);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  chat = new Chat({
    me: name,
    tokens,
    device: await device(),
    url: `${scheme}://${location.host}/v1/ws`,
    changed: renderSoon,
    stopped,
  });
  chat.attending = () => document.visibilityState === 'visible' && document.hasFocus() && talkIsShown() && talkView.atEnd;
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
const device = () => (taken ??= takeDevice());

const talkIsShown = () => !PHONE.matches || $('chat').dataset.view === 'talk';

function showView(view) {
  $('chat').dataset.view = view;
}

function open(peer) {
  chat.open(peer);
  showView('talk');
  render();
  talkView.focus(PHONE.matches);
  chat.markRead();
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
  chat.markRead();
}

function renderStatus() {
  const { state } = chat.status;
  $('status').dataset.state = STATUS[state];
  say($('status'), STATUS[state]);
}

function renderTitle() {
  const unread = chat?.unreadTotal() ?? 0;
  document.title = unread > 0 ? `(${unread}) Linnet` : 'Linnet';
}

/** The server ended the session for good: only the user can tell what now. */
function stopped(code, reason) {
  if (code === REPLACED) {
    say($('stopped-text'), 'You are connected from another tab with this tab’s device.');
    $('stopped').hidden = false;
    $('stopped-again').focus();
  } else {
    toLogin(reason || 'The server ended the session.');
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

$('logout').addEventListener('click', () => {
  chat.logout();
  toLogin();
  loginView.show();
});
$('stopped-again').addEventListener('click', () => {
  $('stopped').hidden = true;
  chat.start();
});
$('stopped-login').addEventListener('click', () => toLogin());
$('back').addEventListener('click', () => route.back());
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && chat?.current && !event.isComposing) {
    route.back();
  }
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    chat?.wake();
    render();
  }
});
addEventListener('focus', () => chat?.markRead());
addEventListener('online', () => chat?.wake());
addEventListener('offline', () => chat?.wake());
addEventListener('pagehide', () => chat?.saveNow());
PHONE.addEventListener('change', () => chat && render());

const login = keep.login();
if (login) {
  enter({ ...login, tokens: new Tokens(login.name, login.pasted) });
} else {
  loginView.show();
}
