import { make, say, showError } from './dom.js';

let made = 0;

/**
 * A labelled input with a place for what is wrong with it.
 *
 * @param attributes of the input; `tag` for another element than an input
 * @returns {box, input, fail(text or null)}
 */
export function field(text, { tag = 'input', hint = '', ...attributes } = {}) {
  const id = `field-${++made}`;
  const box = make('div', 'field');
  const label = make('label', '', text);
  label.htmlFor = id;
  const input = make(tag);
  Object.assign(input, { id, autocomplete: 'off', ...attributes });
  const error = make('p', 'error');
  error.id = `${id}-error`;
  error.hidden = true;
  error.setAttribute('role', 'alert');
  input.setAttribute('aria-describedby', error.id);
  box.append(label, input);
  if (hint) {
    box.append(make('p', 'hint', hint));
  }
  box.append(error);
  const fail = (fault) => {
    showError(error, fault);
    input.setAttribute('aria-invalid', String(Boolean(fault)));
    if (fault) {
      input.focus();
    }
  };
  input.addEventListener('input', () => fail(null));
  return { box, input, fail };
}

/** A choice of one among several: {value, text}. */
export function choice(text, options, value) {
  const made = field(text, { tag: 'select' });
  made.input.append(...options.map((each) => new Option(each.text, each.value)));
  made.input.value = value;
  return made;
}

/** A box to tick. */
export function tickBox(text, isTicked) {
  const label = make('label', 'tick-box');
  const input = make('input');
  Object.assign(input, { type: 'checkbox', checked: isTicked });
  label.append(input, text);
  return { box: label, input };
}

/**
 * A form of such fields.
 *
 * @param submit resolves to what is wrong, or null; meanwhile the form cannot be sent again
 */
export function form(fields, label, submit) {
  const element = make('form', 'fields');
  element.noValidate = true;
  const send = make('button', 'primary', label);
  send.type = 'submit';
  element.append(...fields.map(({ box }) => box), send);
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (send.disabled) {
      return;
    }
    send.disabled = true;
    try {
      fields[0].fail(await submit());
    } finally {
      send.disabled = false;
    }
  });
  return element;
}

/** A part of a panel with a heading. */
export function section(text, ...content) {
  const part = make('section', 'part');
  part.append(make('h3', '', text), ...content);
  return part;
}

/** A line for what was done or went wrong; said once. */
export function outcome() {
  const line = make('p', 'outcome');
  line.setAttribute('role', 'status');
  return {
    line,
    tell(text, isError = false) {
      line.classList.toggle('error', isError);
      say(line, text ?? '');
    },
  };
}
