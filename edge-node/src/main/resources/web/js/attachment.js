/** What one message can hold, in bytes. */
export const MOST_BYTES = 32 * 1024;

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+);base64,((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)$/;
/** Pictures that are drawn. Others, such as SVG, are files: they may hold more than a picture. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const MOST_NAME = 100;

/**
 * Reads the content of an image or a file: {name, mime, data (base64), bytes}. Null where it is none,
 * or where what it claims to be and what it holds are two things.
 */
export function attachmentOf(type, content) {
  if (type !== 'image' && type !== 'file') {
    return null;
  }
  const found = parsed(content);
  const match = typeof found?.data === 'string' && DATA_URL.exec(found.data);
  if (!match) {
    return null;
  }
  const [, mime, data] = match;
  const bytes = Math.floor((data.replace(/=+$/, '').length * 3) / 4);
  return { name: cleanName(found.name), mime: mime.toLowerCase(), data, bytes };
}

function parsed(content) {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

/** A name to show and to save under: no folders, no controls, and not without end. */
function cleanName(name) {
  const text = typeof name === 'string' ? name.replace(/[\p{C}/\\]/gu, '').trim() : '';
  return text.slice(0, MOST_NAME) || 'file';
}

/** Whether it is shown as a picture. */
export const isPicture = ({ mime }) => PICTURES.has(mime);

/** {mime, data} of a picture in a data URL, such as an avatar; null where it is none. */
export function pictureOf(url) {
  const match = DATA_URL.exec(url ?? '');
  const picture = match && { mime: match[1], data: match[2] };
  return picture && isPicture(picture) ? picture : null;
}

/** The content of a message for a picture or a file. */
export const contentOf = (name, mime, data) => JSON.stringify({ name: cleanName(name), mime, data: `data:${mime};base64,${data}` });

/** The most bytes of a file of that name and type that fit one message. */
export function roomFor(name, mime) {
  const frame = new TextEncoder().encode(contentOf(name, mime, '')).length;
  return Math.floor((MOST_BYTES - frame) / 4) * 3;
}

/** The bytes of base64 text. */
export const bytesOf = (data) => Uint8Array.from(atob(data), (c) => c.charCodeAt(0));

/** Base64 text of bytes. */
export const base64Of = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));

/** "640 bytes", "23.4 KB". */
export function sizeText(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`;
}

/** What a list shows of a message: its text, or what it is. */
export function summaryOf(type, content) {
  const found = attachmentOf(type, content);
  if (!found) {
    return content;
  }
  return type === 'image' && isPicture(found) ? `Photo: ${found.name}` : `File: ${found.name}`;
}
