import { stamp } from './times.js';

/**
 * Several messages as text for the clipboard, each with its time and its sender.
 *
 * @param parts [{time in ms, from, text}] in their order
 */
export function transcript(parts) {
  return parts.map(({ time, from, text }) => `[${stamp(time)}] ${from}: ${text}`).join('\n');
}

/** The selected part of each message of the list: [{key, text}], without those that have none. */
export function selectedParts(selection, list) {
  const parts = [];
  for (let i = 0; i < selection.rangeCount; i++) {
    const range = selection.getRangeAt(i);
    for (const item of list.children) {
      const content = item.querySelector('.content');
      const text = content && range.intersectsNode(content) ? textIn(range, content) : '';
      if (text) {
        parts.push({ key: item.dataset.key, text });
      }
    }
  }
  return parts;
}

function textIn(range, content) {
  const part = document.createRange();
  part.selectNodeContents(content);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part.toString();
}
