/** The most pixels that are decoded: a picture of few bytes can have as many as fill the memory. */
export const MOST_PIXELS = 4_000_000;

/** Whether the bytes are a picture whose pixels the page can hold. */
export function isBounded(bytes) {
  const size = sizeOf(bytes);
  return size !== null && size.width * size.height <= MOST_PIXELS;
}

/**
 * Reads {width, height} of a PNG, a JPEG, a GIF or a WebP from its first bytes, without its pixels.
 * Null for all else. Browsers too go by the bytes, whatever the type says.
 */
export function sizeOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of [ofPng, ofGif, ofWebp, ofJpeg]) {
    try {
      const size = read(view);
      if (size) {
        return size;
      }
    } catch (e) {
      if (!(e instanceof RangeError)) {
        throw e;
      }
      // It ends before it says its size.
    }
  }
  return null;
}

/** Whether the bytes from there on are those letters. */
const says = (view, at, letters) => [...letters].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0));

function ofPng(view) {
  return says(view, 0, '\x89PNG\r\n\x1a\n') && says(view, 12, 'IHDR') ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
}

const GIF_IMAGE = 0x2c;
const GIF_EXTENSION = 0x21;

/** The first picture may be larger than the screen that it stands on. */
function ofGif(view) {
  if (!says(view, 0, 'GIF87a') && !says(view, 0, 'GIF89a')) {
    return null;
  }
  const flags = view.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  while (view.getUint8(at) === GIF_EXTENSION) {
    at += 2;
    for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) {
      at += length + 1;
    }
    at++;
  }
  if (view.getUint8(at) !== GIF_IMAGE) {
    return null;
  }
  const [left, top, width, height] = [1, 3, 5, 7].map((i) => view.getUint16(at + i, true));
  return { width: Math.max(view.getUint16(6, true), left + width), height: Math.max(view.getUint16(8, true), top + height) };
}

function ofWebp(view) {
  if (!says(view, 0, 'RIFF') || !says(view, 8, 'WEBP')) {
    return null;
  }
  const int24 = (at) => view.getUint16(at, true) + view.getUint8(at + 2) * 2 ** 16;
  if (says(view, 12, 'VP8X')) {
    return { width: int24(24) + 1, height: int24(27) + 1 };
  }
  if (says(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return says(view, 12, 'VP8 ') ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null;
}

const JPEG_START = 0xffd8;
/** C0 to CF begin a frame, without the three that hold tables. */
const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length. */
const isBare = (marker) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function ofJpeg(view) {
  if (view.getUint16(0) !== JPEG_START) {
    return null;
  }
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) {
      return null;
    }
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    if (marker === 0xff) {
      at++;
    } else {
      at += isBare(marker) ? 2 : 2 + view.getUint16(at + 2);
    }
  }
}
