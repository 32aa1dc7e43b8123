import { faceOf } from './faces.js';
import { initials } from './names.js';

/** The element of that id. */
export const $ = (id) => document.getElementById(id);

/** A new element; text goes in as text, whatever it holds. */
export function make(tag, className = '', text = '') {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  if (text) {
    element.textContent = text;
  }
  return element;
}

/** Sets text only where it differs, so that a screen reader is not told again. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows the error, or hides its place where there is none. */
export function showError(element, text) {
  element.hidden = !text;
  say(element, text ?? '');
}

/** A button with that text, or with that icon of the page and that text for those who do not see it. */
export function button(text, className, pressed) {
  const element = make('button', className, text);
  element.type = 'button';
  element.addEventListener('click', pressed);
  return element;
}

/** The pictures that stand in elements, not to draw them anew. */
const painted = new WeakMap();

/** A circle with the name's initials in a colour that is the name's own, or with a picture. */
export function paintAvatar(element, user, name = user, picture = null) {
  let hue = 0;
  for (const c of user) {
    hue = (hue * 31 + c.codePointAt(0)) % 360;
  }
  element.style.setProperty('--hue', hue);
  const shown = picture?.data ?? initials(name);
  if (painted.get(element) !== shown) {
    painted.set(element, shown);
    element.replaceChildren(initials(name));
    if (picture) {
      faceOf(user, picture).then((face) => face && painted.get(element) === shown && element.replaceChildren(face));
    }
  }
}

/**
 * Makes the children of a list those of `items`, in order, keeping the elements of items that stay.
 *
 * @param key tells items apart
 * @param create makes an item's element
 * @param update brings an element up to date with its item
 */
export function reconcile(list, items, key, create, update) {
  const known = new Map();
  for (const child of list.children) {
    known.set(child.dataset.key, child);
  }
  let place = list.firstElementChild;
  for (const item of items) {
    const id = key(item);
    let element = known.get(id);
    if (element) {
      known.delete(id);
    } else {
      element = create(item);
      element.dataset.key = id;
    }
    update(element, item);
    if (element === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(element, place);
    }
  }
  for (const gone of known.values()) {
    gone.remove();
  }
}
