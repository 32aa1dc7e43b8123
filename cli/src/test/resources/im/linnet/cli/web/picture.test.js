import { attached } from '/js/attach.js';
import { attachmentOf, base64Of, bytesOf } from '/js/attachment.js';
import { faceOf } from '/js/faces.js';
import { isBounded, sizeOf } from '/js/picture-size.js';
import { draw } from '/js/picture.js';
import { equal } from './expect.js';

/** A picture of one colour in that form. */
async function picture(width, height, mime, quality) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'rgb(200 30 40)';
  pen.fillRect(0, 0, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, mime, quality));
  return new Uint8Array(await blob.arrayBuffer());
}

const letters = (text) => [...text].map((c) => c.charCodeAt(0));
const u16 = (value) => [value % 256, value >> 8];
const GIF = 'GIF89a';
/** A GIF up to its first picture: a screen, a comment in two parts, and that picture's place. */
const gif = (screen, [left, top, width, height]) =>
  Uint8Array.from([
    ...[...letters(GIF), ...screen.flatMap(u16), 0x80, 0, 0, ...new Array(6).fill(0)],
    ...[0x21, 0xfe, 2, 0x2c, 0x2c, 1, 0, 0, 0x2c],
    ...[left, top, width, height].flatMap(u16),
  ]);
const webp = (chunk, ...rest) => Uint8Array.from([...letters('RIFF'), 0, 0, 0, 0, ...letters('WEBP'), ...letters(chunk), 0, 0, 0, 0, ...rest]);

/** Few bytes that stand for 3.6 thousand million pixels. */
const bomb = () => {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, ...letters('PNG'), 13, 10, 26, 10, 0, 0, 0, 13, ...letters('IHDR'), 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
  return bytes;
};

export async function theSizeOfAPictureIsReadFromItsFirstBytes() {
  for (const [mime, quality] of [['image/png'], ['image/jpeg', 0.8], ['image/webp', 0.8], ['image/webp', 1]]) {
    equal([mime, sizeOf(await picture(321, 123, mime, quality))], [mime, { width: 321, height: 123 }]);
  }
  equal(sizeOf(bomb()), { width: 60_000, height: 60_000 });
  equal(sizeOf(gif([300, 200], [0, 0, 10, 10])), { width: 300, height: 200 });
  equal(sizeOf(gif([1, 1], [5, 6, 40_000, 30_000])), { width: 40_005, height: 30_006 });
  equal(sizeOf(webp('VP8X', 0, 0, 0, 0, 0xff, 0xff, 0, 0x0f, 0, 1)), { width: 65_536, height: 65_552 });
  equal(sizeOf(webp('VP8L', 0x2f, 0xff, 0x3f, 0x01, 0)), { width: 16_384, height: 5 });
  // A JPEG with a filled marker, a table before its frame, and a progressive frame.
  equal(sizeOf(Uint8Array.from([0xff, 0xd8, 0xff, 0xff, 0xc4, 0, 4, 1, 1, 0xff, 0xc2, 0, 11, 8, 2, 0, 3, 0])), { width: 768, height: 512 });
}

export async function whatDoesNotSayItsSizeIsNoPicture() {
  const png = await picture(10, 10, 'image/png');
  const others = [[], png.slice(0, 20), letters('BM'), letters(GIF), letters('RIFF'), [0xff, 0xd8, 0xff], [0xff, 0xd8, 0, 0], webp('ALPH', 0)];
  equal(others.map((bytes) => sizeOf(Uint8Array.from(bytes))), others.map(() => null));
}

/** How many pictures the browser decodes meanwhile. */
async function decodes(action) {
  const kept = globalThis.createImageBitmap;
  let count = 0;
  globalThis.createImageBitmap = (...all) => {
    count++;
    return kept(...all);
  };
  try {
    await action();
  } finally {
    globalThis.createImageBitmap = kept;
  }
  return count;
}

export async function aPictureOfTooManyPixelsIsNotDecoded() {
  const canvas = document.createElement('canvas');
  const tooMany = { mime: 'image/png', data: base64Of(bomb()) };
  let isDrawn;
  equal(await decodes(async () => (isDrawn = await draw(canvas, tooMany, 100))), 0);
  equal([isDrawn, canvas.width, await faceOf('bomber', tooMany)], [false, 300, null]);
  const fits = { mime: 'image/png', data: base64Of(await picture(2_000, 1_000, 'image/png')) };
  equal([await draw(canvas, fits, 100), canvas.width, canvas.height], [true, 100, 50]);
}

export async function anAvatarIsDecodedOnceForAllItsPlaces() {
  const face = async (...size) => ({ mime: 'image/png', data: base64Of(await picture(...size, 'image/png')) });
  const [first, second] = [await face(64, 64), await face(32, 32)];
  let drawn;
  equal(await decodes(async () => (drawn = await Promise.all([faceOf('bb', first), faceOf('bb', first), faceOf('cc', second)]))), 2);
  equal([drawn[0] !== drawn[1], drawn.map(({ width }) => width)], [true, [64, 64, 32]]);
  equal([...drawn[1].getContext('2d').getImageData(5, 5, 1, 1).data], [200, 30, 40, 255]);
  equal(await decodes(() => faceOf('bb', first)), 0);
  equal(await decodes(() => faceOf('bb', second)), 1);
}

export async function aSmallFileOfManyPixelsIsMadeSmallerBeforeItIsSent() {
  const bytes = await picture(2_500, 1_700, 'image/webp', 0.5);
  const { type, content } = await attached(new File([bytes], 'wall.webp', { type: 'image/webp' }));
  const sent = bytesOf(attachmentOf(type, content).data);
  equal([bytes.length < 23_000, isBounded(bytes), type, sizeOf(sent)], [true, false, 'image', { width: 1_280, height: 870 }]);
}

export async function whatIsNoBase64IsNoAttachment() {
  const content = (data) => JSON.stringify({ name: 'a', data: `data:image/png;base64,${data}` });
  const lengths = ['AAAA', 'AAA=', 'AAA', 'AA==', 'AA', 'A', 'AAAAA', 'AA=', 'A==='];
  equal(lengths.map((data) => attachmentOf('image', content(data)) !== null), [true, true, true, true, true, false, false, false, false]);
}
