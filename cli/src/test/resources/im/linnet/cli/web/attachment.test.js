import { attachmentOf, base64Of, bytesOf, contentOf, isPicture, pictureOf, roomFor, sizeText, summaryOf } from '/js/attachment.js';
import { attached } from '/js/attach.js';
import { equal } from './expect.js';

const PNG = 'data:image/png;base64,AAAA';
const content = (fields) => JSON.stringify({ name: 'a.png', mime: 'image/png', data: PNG, ...fields });

export function aPictureIsReadFromItsDataUrlAlone() {
  const found = attachmentOf('image', content({ mime: 'text/html' }));
  equal([found.name, found.mime, found.data, found.bytes, isPicture(found)], ['a.png', 'image/png', 'AAAA', 3, true]);
}

export function whatIsNoDataUrlIsNoAttachment() {
  const others = ['https://example.org/x.png', 'javascript:alert(1)', 'data:image/png,x', 'data:text/html;base64,AA=A', `${PNG}"`, 7, undefined];
  equal(others.map((data) => attachmentOf('image', content({ data }))), others.map(() => null));
  equal([attachmentOf('image', 'no json'), attachmentOf('image', 'null'), attachmentOf('text', content())], [null, null, null]);
}

export function whatMayHoldMoreThanAPictureIsAFile() {
  const svg = attachmentOf('image', content({ data: 'data:image/svg+xml;base64,AAAA' }));
  equal([isPicture(svg), pictureOf('data:image/svg+xml;base64,AAAA'), pictureOf('https://example.org/a.png')], [false, null, null]);
  equal([pictureOf(PNG), pictureOf(''), pictureOf(undefined)], [{ mime: 'image/png', data: 'AAAA' }, null, null]);
}

export function aNameLeadsOutOfNoFolder() {
  const names = ['../../etc/passwd', 'a\u202egpj.exe', '', 7, 'x'.repeat(300)].map((name) => attachmentOf('file', content({ name })).name);
  equal([names.slice(0, 4), names[4].length], [['....etcpasswd', 'agpj.exe', 'file', 'file'], 100]);
}

export function whatFitsTheRoomFitsAMessage() {
  for (const name of ['a', 'ein “Bild” mit ä.png', 'x'.repeat(100)]) {
    const room = roomFor(name, 'image/png');
    const size = (bytes) => new TextEncoder().encode(contentOf(name, 'image/png', base64Of(new Uint8Array(bytes)))).length;
    equal([size(room) <= 32 * 1024, size(room + 4) > 32 * 1024], [true, true]);
  }
}

export function bytesGoThroughBase64Unchanged() {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  equal([...bytesOf(base64Of(bytes))], [...bytes]);
}

export function aListShowsWhatItIsAndNotItsBytes() {
  equal(summaryOf('image', content()), 'Photo: a.png');
  equal(summaryOf('file', content({ name: 'b.txt' })), 'File: b.txt');
  equal([summaryOf('text', content()), summaryOf('image', 'hello')], [content(), 'hello']);
  equal([sizeText(5), sizeText(2_048)], ['5 bytes', '2.0 KB']);
}

export async function aFileThatDoesNotFitIsRefusedWithItsSize() {
  const small = await attached(new File(['hello'], 'a.txt', { type: 'text/plain;charset=utf-8' }));
  equal([small.type, attachmentOf('file', small.content).mime], ['file', 'application/octet-stream']);
  const { error } = await attached(new File([new Uint8Array(40_000)], 'b.bin'));
  equal(error, 'A file has at most 23.9 KB here. “b.bin” has 39.1 KB.');
}

export async function aLargePictureIsMadeSmallerUntilItFits() {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 2_000, height: 1_000 });
  const pen = canvas.getContext('2d');
  for (let i = 0; i < 4_000; i++) {
    pen.fillStyle = `hsl(${(i * 47) % 360} 80% ${(i * 31) % 100}%)`;
    pen.fillRect((i * 97) % 2_000, (i * 61) % 1_000, 40, 20);
  }
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  const made = await attached(new File([blob], 'big.png', { type: 'image/png' }));
  const found = attachmentOf(made.type, made.content);
  equal([blob.size > 32 * 1024, made.type, isPicture(found), made.content.length <= 32 * 1024], [true, 'image', true, true]);
  const bitmap = await createImageBitmap(new Blob([bytesOf(found.data)], { type: found.mime }));
  equal(Math.abs(bitmap.width / bitmap.height - 2) < 0.1, true);
}

export async function whatOnlyCallsItselfAPictureIsAFile() {
  const big = await attached(new File([new Uint8Array(40_000)], 'x.png', { type: 'image/png' }));
  equal(big.error.startsWith('A file has at most'), true);
}
