import { summaryOf } from './attachment.js';
import { askBeforeDelete, askForChange } from './dialogs.js';

const TOUCH = matchMedia('(hover: none)');

/**
 * What the user can do with a message: the button beside it opens a menu, where there is one.
 * On a touch screen a tap on the message does the same.
 */
export class MessageMenu {
  #told;

  /**
   * @param told message(key), which gives it; offers(message); and edit, recall, readers, again or
   *     remove, which are told the key
   */
  constructor(list, told) {
    this.#told = told;
    list.addEventListener('click', (event) => this.#clicked(event.target));
  }

  async #clicked(target) {
    const item = target.closest('li');
    const button = item?.querySelector('.more');
    if (!button || (!button.contains(target) && !this.#isTap(target))) {
      return;
    }
    const { key } = item.dataset;
    const message = this.#told.message(key);
    const answer = await askForChange(button, this.#told.offers(message));
    const isMeant = answer !== 'recall' || (await askBeforeDelete(summaryOf(message.type, message.content))) === 'recall';
    if (answer !== 'stay' && isMeant) {
      this.#told[answer](key);
    }
  }

  /** A finger on a link opens the link, and one that selects text goes on with that. */
  #isTap(target) {
    return TOUCH.matches && target.closest('.bubble') && !target.closest('a') && getSelection().isCollapsed;
  }
}
