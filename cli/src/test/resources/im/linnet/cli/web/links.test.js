import { pieces } from '/js/links.js';
import { equal } from './expect.js';

/** The links of a text; its pieces are the text again. */
function linksOf(text) {
  const all = pieces(text);
  equal(all.map((piece) => piece.text).join(''), text);
  return all.filter(({ href }) => href).map((piece) => piece.text);
}

export function addressesOfTheWebAreLinks() {
  equal(linksOf('http://a.test and HTTPS://B.test/x?y=1#z'), ['http://a.test', 'HTTPS://B.test/x?y=1#z']);
  equal(linksOf('http://127.0.0.1:8080/ http://[::1]:8080/a'), ['http://127.0.0.1:8080/', 'http://[::1]:8080/a']);
  equal(linksOf('看https://a.test/路径。好'), ['https://a.test/路径']);
}

export function nothingElseIsALink() {
  const others = ['javascript:alert(1)', 'data:text/html,<b>', 'ftp://a.test', 'mailto:a@b.test', 'file:///etc/passwd'];
  for (const text of [...others, 'www.a.test', 'a.test', 'http://', 'https:// a', 'http:a.test', 'xhttp://a.test', 'http://a:99999/']) {
    equal(linksOf(text), []);
  }
}

export function theSentenceAroundAnAddressIsNotInIt() {
  for (const end of ['.', ',', '!', '?', ':', ';', '...', '…', '"', '’', ')', '),', ').', '>', ']', '*', '\n', '。', '）']) {
    equal(linksOf(`(see http://a.test/b${end} and`), ['http://a.test/b']);
  }
}

export function bracketsOfTheAddressStay() {
  equal(linksOf('(http://a.test/b_(c)_(d))'), ['http://a.test/b_(c)_(d)']);
  equal(linksOf('http://a.test/b_(c).'), ['http://a.test/b_(c)']);
}

export function whatHidesTheHostIsNoLink() {
  equal(linksOf('https://bank.test@evil.test/'), []);
  equal(linksOf('https://bank.test:x@evil.test/'), []);
  equal(linksOf('https://bank.test\\@evil.test/'), ['https://bank.test']);
}

export function controlsThatChangeTheLookEndALink() {
  for (const control of ['\u202e', '\u2066', '\u200f', '\u061c', '\u200b', '\u2060', '\ufeff', '\u00ad', '\u0000', '\u2028']) {
    equal(linksOf(`https://a.test/${control}gpj.exe`), ['https://a.test/']);
  }
}

export function namesInOtherLettersAreShownAsWrittenAndLeadToTheirCode() {
  const [{ text, href }] = pieces('https://аpple.com/');
  equal([text, href], ['https://аpple.com/', 'https://xn--pple-43d.com/']);
}

export function aLongTextOfBracketsTakesNoTime() {
  const long = `http://a.test/${')'.repeat(32_000)}`;
  equal(linksOf(long), ['http://a.test/']);
  equal(linksOf('http:// '.repeat(4_000)).length, 0);
}
