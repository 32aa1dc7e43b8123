import { $, say, showError } from './dom.js';
import { keep } from './keep.js';
import { nameFault } from './names.js';
import { TokenRefused, Tokens, subjectOf } from './tokens.js';

const LINK = '#token=';

/** Null where an escape is cut short or stands for no character. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Asks who the user is, and for a token where the server hands out none. */
export class LoginView {
  #entered;

  /** @param entered told {name, pasted, tokens} once there is a token */
  constructor(entered) {
    this.#entered = entered;
    $('login-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    $('login-use-token').addEventListener('click', () => {
      this.#askForToken();
      $('login-token').focus();
    });
    $('login-token').addEventListener('input', () => this.#showName());
    addEventListener('hashchange', () => this.#takeLink());
  }

  show(name = '', error = null) {
    $('login').hidden = false;
    $('login-name').value = name;
    $('login-token').value = '';
    this.#showName();
    this.#showUnsent();
    showError($('login-error'), error);
    $('login-name').focus();
    this.#takeLink();
  }

  hide() {
    $('login').hidden = true;
  }

  /**
   * A link may bring the token: it is filled in, and the user decides. It goes from the address at
   * once, where it would be seen and kept, also when it cannot be read.
   */
  #takeLink() {
    if (location.hash.startsWith(LINK) && !$('login').hidden) {
      const text = location.hash.slice(LINK.length);
      history.replaceState(history.state, '', location.pathname + location.search);
      this.#askForToken();
      const token = decoded(text);
      if (token === null) {
        showError($('login-error'), 'The token in the link cannot be read. Copy the whole link again, or paste a token.');
        $('login-token').focus();
        return;
      }
      $('login-token').value = token;
      this.#showName();
      $('login-form').querySelector('[type=submit]').focus();
    }
  }

  /** The token says who its user is. */
  #showName() {
    const name = subjectOf($('login-token').value.trim());
    if (name) {
      $('login-name').value = name;
    }
    $('login-name').readOnly = Boolean(name);
  }

  #showUnsent() {
    const names = keep.outboxNames().join(', ');
    $('login-unsent').hidden = names === '';
    say($('login-unsent'), `Messages that are not sent yet wait here for: ${names}. Log in to send them.`);
  }

  #askForToken() {
    $('login-token-part').hidden = false;
    $('login-use-token').hidden = true;
  }

  async #submit() {
    const button = $('login-form').querySelector('[type=submit]');
    button.disabled = true;
    showError($('login-error'), null);
    try {
      await this.#enter();
    } catch (e) {
      if (e instanceof TokenRefused) {
        this.#askForToken();
        showError($('login-error'), `${e.message} Paste a token below.`);
        $('login-token').focus();
      } else {
        showError($('login-error'), 'The server does not answer. Try again in a moment.');
      }
    } finally {
      button.disabled = false;
    }
  }

  async #enter() {
    const pasted = $('login-token').value.trim();
    const name = pasted ? subjectOf(pasted) : $('login-name').value.trim();
    const fault = this.#fault(pasted, name);
    if (fault) {
      showError($('login-error'), fault);
      (pasted ? $('login-token') : $('login-name')).focus();
      return;
    }
    const tokens = new Tokens(name, pasted || null);
    await tokens.get();
    this.#entered({ name, pasted: pasted || null, tokens });
  }

  #fault(pasted, name) {
    if (!pasted) {
      return nameFault(name);
    }
    if (name === null) {
      return 'This is not a token. A token has three parts with dots between them; copy all of it.';
    }
    return nameFault(name) && `The token is for a name that is not valid. ${nameFault(name)}`;
  }
}
