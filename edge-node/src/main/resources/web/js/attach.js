import { base64Of, contentOf, isPicture, roomFor, sizeText } from './attachment.js';
import { isBounded } from './picture-size.js';
import { fitted } from './picture.js';

const MOST_PX = 1_280;

/**
 * A file as a message: {type, content}; or {error} where it does not fit. Pictures are made smaller
 * until they do.
 */
export async function attached(file) {
  const mime = file.type || 'application/octet-stream';
  if (isPicture({ mime })) {
    const picture = await asPicture(file, mime);
    if (picture) {
      return picture;
    }
  }
  const room = roomFor(file.name, mime);
  if (file.size > room) {
    return { error: `A file has at most ${sizeText(room)} here. “${file.name}” has ${sizeText(file.size)}.` };
  }
  const data = base64Of(new Uint8Array(await file.arrayBuffer()));
  return { type: 'file', content: contentOf(file.name, plainType(mime), data) };
}

async function asPicture(file, mime) {
  const room = roomFor(file.name, 'image/webp');
  if (file.size <= room) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isBounded(bytes)) {
      return { type: 'image', content: contentOf(file.name, mime, base64Of(bytes)) };
    }
  }
  const small = await fitted(file, room, MOST_PX);
  return small && { type: 'image', content: contentOf(file.name, small.mime, small.data) };
}

/** Without parameters, such as a character set. */
const plainType = (mime) => (/^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : 'application/octet-stream');
