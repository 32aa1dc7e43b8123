import { $, showError } from './dom.js';
import { isUser } from './names.js';
import { TokenRefused, Tokens, subjectOf } from './tokens.js';

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
  }

  show(name = '', error = null) {
    $('login').hidden = false;
    $('login-name').value = name;
    $('login-token').value = '';
    showError($('login-error'), error);
    $('login-name').focus();
  }

  hide() {
    $('login').hidden = true;
  }

  #askForToken() {
    $('login-token-part').hidden = false;
    $('login-use-token').hidden = true;
  }

  async #submit() {
    const button = $('login-form').querySelector('[type=submit]');
    button.disabled = true;
    try {
      await this.#enter();
    } catch (e) {
      if (e instanceof TokenRefused) {
        this.#askForToken();
        showError($('login-error'), `The server gave no token: ${e.message}`);
        $('login-token').focus();
      } else {
        showError($('login-error'), 'The server cannot be reached just now.');
      }
    } finally {
      button.disabled = false;
    }
  }

  async #enter() {
    const pasted = $('login-token').value.trim();
    const name = pasted ? subjectOf(pasted) : $('login-name').value.trim();
    if (!name || !isUser(name)) {
      showError(
        $('login-error'),
        pasted ? 'That is not a token.' : 'A name has 1 to 64 of A-Z a-z 0-9 . _ @ -',
      );
      (pasted ? $('login-token') : $('login-name')).focus();
      return;
    }
    const tokens = new Tokens(name, pasted || null);
    await tokens.get();
    this.#entered({ name, pasted: pasted || null, tokens });
  }
}
