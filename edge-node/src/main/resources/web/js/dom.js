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

/** A circle with the name's first letter, in a colour that is the name's own. */
export function paintAvatar(element, name) {
  let hue = 0;
  for (const c of name) {
    hue = (hue * 31 + c.codePointAt(0)) % 360;
  }
  element.style.setProperty('--hue', hue);
  say(element, name.slice(0, 1).toUpperCase());
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
