import { $, say } from './dom.js';

/**
 * Shows a dialog until one of its buttons is pressed; meanwhile nothing else on the page can have
 * the focus.
 *
 * @returns {Promise<string>} the value of that button; of the one marked `data-escape` for the
 *     Escape key, which does nothing where there is none
 */
function answerOf(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = '';
    dialog.onclose = () => {
      const answer = dialog.returnValue || dialog.querySelector('[data-escape]')?.value;
      if (answer) {
        resolve(answer);
      } else {
        // Browsers let a second Escape through.
        dialog.showModal();
      }
    };
    dialog.oncancel = (event) => {
      if (!dialog.querySelector('[data-escape]')) {
        event.preventDefault();
      }
    };
    dialog.querySelectorAll('button').forEach((button) => {
      button.onclick = () => dialog.close(button.value);
    });
    dialog.onkeydown = (event) => moveFocus(event, dialog);
    dialog.showModal();
  });
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** From the last button on to the first, not to the browser's own bars. */
function moveFocus(event, dialog) {
  const step = event.key === 'Tab' ? (event.shiftKey ? -1 : 1) : STEPS[event.key];
  if (step) {
    const buttons = [...dialog.querySelectorAll('button')].filter((button) => button.getClientRects().length > 0);
    event.preventDefault();
    buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  }
}

/** Another tab took this one's session: resolves to whether the user wants it back here. */
export async function tellReplaced() {
  return (await answerOf($('stopped'))) === 'again';
}

/**
 * Asks what is to become of messages that are not sent: resolves to keep, drop or stay.
 *
 * @param atRisk how many of them the browser has no room to keep
 */
export function askBeforeLogout(count, atRisk, name) {
  const messages = count === 1 ? 'One message is' : `${count} messages are`;
  const what = atRisk === 0 ? 'what you wrote' : `${count - atRisk} of them`;
  const outlook =
    atRisk < count
      ? `This browser can keep ${what} and send it when ${name} logs in here again.`
      : 'This browser has no room to keep what you wrote: it is lost when you log out.';
  say($('unsent-text'), `${messages} not sent yet. ${outlook}`);
  return answerOf($('unsent'));
}

/** Asks whether that is to be done: resolves to whether the user said so. */
export async function confirmed(question, label) {
  const dialog = $('confirm');
  say($('confirm-text'), question);
  say(dialog.querySelector('[value=yes]'), label);
  return (await answerOf(dialog)) === 'yes';
}

/**
 * Shows the menu of a message beside the element that opened it; a click elsewhere closes it.
 *
 * @param offers of the menu's values: edit, recall, readers, again, remove
 * @returns {Promise<string>} one of them, or stay
 */
export function askForChange(opener, offers) {
  const dialog = $('change');
  for (const each of dialog.querySelectorAll('button:not([data-escape])')) {
    each.hidden = !offers.includes(each.value);
  }
  const { left, top, bottom } = opener.getBoundingClientRect();
  const isHigh = top < innerHeight / 2;
  dialog.style.setProperty('--left', `${left}px`);
  dialog.style.setProperty('--top', isHigh ? `${bottom}px` : 'auto');
  dialog.style.setProperty('--bottom', isHigh ? 'auto' : `${innerHeight - top}px`);
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  return answerOf(dialog);
}

/** Asks whether that message is to be deleted: resolves to recall or stay. */
export async function askBeforeDelete(content) {
  say($('delete-what'), content);
  const answer = await answerOf($('delete'));
  say($('delete-what'), '');
  return answer;
}
