import { nameFault } from '/js/names.js';
import { equal } from './expect.js';

export function theServersNamesAreTaken() {
  equal(['a', 'A.b_c@d-9', 'x'.repeat(64)].map(nameFault), [null, null, null]);
}

export function aNameThatIsTooLongIsToldItsLength() {
  equal(nameFault('x'.repeat(65)), 'A name has at most 64 characters. This one has 65.');
}

export function theCharacterThatCannotBeIsNamed() {
  const rule = 'It can contain the letters A-Z and a-z, digits, and . _ @ -';
  equal(nameFault('Zoë'), `A name cannot contain “ë”. ${rule}`);
  equal(nameFault('a😀'), `A name cannot contain “😀”. ${rule}`);
  for (const invisible of [' ', '\t', '\u202e', '\u200b', '\u00a0']) {
    equal(nameFault(`a${invisible}b`), `A name cannot contain a space or an invisible character. ${rule}`);
  }
  equal(nameFault(''), 'Type a name first.');
}
