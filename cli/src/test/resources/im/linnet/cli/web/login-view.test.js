import { LoginView } from '/js/login-view.js';
import { equal } from './expect.js';

const PAGE = `
  <main id="login" hidden>
    <form id="login-form">
      <p id="login-error" hidden></p>
      <input id="login-name">
      <div id="login-token-part" hidden><textarea id="login-token"></textarea></div>
      <p id="login-unsent" hidden></p>
      <button type="submit"></button>
      <button type="button" id="login-use-token"></button>
    </form>
  </main>`;

/** The address, the token and the error after a page with that hash is shown. */
function shownWith(hash) {
  document.body.innerHTML = PAGE;
  history.replaceState(null, '', hash);
  try {
    new LoginView(() => {}).show();
    const [token, error] = ['login-token', 'login-error'].map((id) => document.getElementById(id));
    return [location.hash, token.value, error.hidden ? null : error.textContent];
  } finally {
    document.body.replaceChildren();
    history.replaceState(null, '', location.pathname);
  }
}

export function aTokenInTheAddressIsFilledIn() {
  equal(shownWith('#token=a.b%2Ec'), ['', 'a.b.c', null]);
}

export function aTokenThatCannotBeReadGoesFromTheAddressToo() {
  const fault = 'The token in the link cannot be read. Copy the whole link again, or paste a token.';
  for (const hash of ['#token=%zz', '#token=a.b.c%', '#token=%ff']) {
    equal(shownWith(hash), ['', '', fault]);
  }
}
