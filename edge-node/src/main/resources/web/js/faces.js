import { draw } from './picture.js';

const FACE_PX = 96;
const MOST_FACES = 300;

/** The avatar of each user, decoded: {data, drawn}. The one that was wanted last stands last. */
const faces = new Map();

/**
 * A canvas that shows the user's avatar, for one place on the page; null where it is no picture. It is
 * decoded once: in a group it stands beside many messages.
 *
 * @param picture {mime, data in base64}
 */
export async function faceOf(user, picture) {
  const known = faces.get(user);
  const face = known?.data === picture.data ? known : { data: picture.data, drawn: drawn(picture) };
  faces.delete(user);
  faces.set(user, face);
  if (faces.size > MOST_FACES) {
    faces.delete(faces.keys().next().value);
  }
  return copyOf(await face.drawn);
}

async function drawn(picture) {
  const canvas = document.createElement('canvas');
  return (await draw(canvas, picture, FACE_PX)) ? canvas : null;
}

function copyOf(canvas) {
  const copy = canvas?.cloneNode() ?? null;
  copy?.getContext('2d').drawImage(canvas, 0, 0);
  return copy;
}
