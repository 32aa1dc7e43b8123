// A link ends at white space, at what no address holds as it is, at controls that only change how
// the text looks (bidirectional and zero-width ones), and at the punctuation of East Asian text.
const END =
  '\\s\\p{Cc}\\p{Zl}\\p{Zp}<>"`{}|\\\\^\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffc' +
  '\\u3001\\u3002\\u3008-\\u3011\\u3014-\\u301b\\uff01\\uff08\\uff09\\uff0c\\uff1a\\uff1b\\uff1f«»“”‘’';
const CANDIDATE = new RegExp(`(?<![A-Za-z0-9+.-])https?://[^${END}]+`, 'giu');
const TRAILING = new Set('.,;:!?\'*_~…');
const OPENERS = { ')': '(', ']': '[' };

/**
 * Cuts a text into pieces in their order: {text} and {text, href} for the addresses of http and
 * https. Joined, the pieces are the text. Addresses that carry a user name are no links, since what
 * stands before the `@` looks like the host.
 */
export function pieces(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = match[0].slice(0, lengthOf(match[0]));
    const href = hrefOf(address);
    if (href) {
      if (match.index > from) {
        found.push({ text: text.slice(from, match.index) });
      }
      found.push({ text: address, href });
      from = match.index + address.length;
    }
  }
  if (from < text.length) {
    found.push({ text: text.slice(from) });
  }
  return found;
}

/** Without the sentence's punctuation, and without brackets that were opened before the address. */
function lengthOf(candidate) {
  const open = { '(': 0, '[': 0 };
  for (const c of candidate) {
    if (c in open) {
      open[c]++;
    } else if (c in OPENERS) {
      open[OPENERS[c]]--;
    }
  }
  let end = candidate.length;
  while (end > 0) {
    const last = candidate[end - 1];
    const opener = OPENERS[last];
    if (opener && open[opener] < 0) {
      open[opener]++;
    } else if (!TRAILING.has(last)) {
      break;
    }
    end--;
  }
  return end;
}

function hrefOf(address) {
  if (!URL.canParse(address)) {
    return null;
  }
  const url = new URL(address);
  const isPlain = /^https?:$/.test(url.protocol) && url.hostname && !url.username && !url.password;
  return isPlain && !/^https?:\/\/[^/?#]*@/i.test(address) ? url.href : null;
}
