import { base64Of, bytesOf } from './attachment.js';
import { isBounded } from './picture-size.js';

const QUALITIES = [0.85, 0.7, 0.55, 0.4];
const SMALLER = 0.75;
const LEAST_PX = 48;

/**
 * Draws a picture into a canvas, no wider and no higher than that. The page gets its pixels and
 * nothing else of it: no address is asked for, and no markup read.
 *
 * @param picture {mime, data in base64}
 * @returns {Promise<boolean>} whether it is a picture, and one of no more pixels than the page can hold
 */
export async function draw(canvas, { mime, data }, mostPx) {
  const bytes = bytesOf(data);
  const bitmap = isBounded(bytes) ? await decoded(new Blob([bytes], { type: mime })) : null;
  if (bitmap) {
    paint(canvas, bitmap, mostPx);
    bitmap.close();
  }
  return bitmap !== null;
}

/** Null where the browser cannot read it. */
async function decoded(blob) {
  try {
    return await createImageBitmap(blob);
  } catch {
    return null;
  }
}

function paint(canvas, bitmap, mostPx) {
  const scale = Math.min(1, mostPx / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

/**
 * A picture made so small that it takes no more than that many bytes.
 *
 * @returns {Promise<{mime, data, width, height}>} null where the file is no picture
 */
export async function fitted(file, mostBytes, mostPx) {
  const bitmap = await decoded(file);
  if (!bitmap) {
    return null;
  }
  const canvas = document.createElement('canvas');
  for (let px = mostPx; px >= LEAST_PX; px = Math.floor(px * SMALLER)) {
    paint(canvas, bitmap, px);
    for (const quality of QUALITIES) {
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', quality));
      if (blob && blob.size <= mostBytes) {
        const data = base64Of(new Uint8Array(await blob.arrayBuffer()));
        return { mime: blob.type, data, width: canvas.width, height: canvas.height };
      }
    }
  }
  return null;
}

/** Saves bytes under that name, as a download of the browser. */
export function save({ name, mime, data }) {
  const url = URL.createObjectURL(new Blob([bytesOf(data)], { type: mime }));
  const anchor = document.createElement('a');
  Object.assign(anchor, { href: url, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url));
}
