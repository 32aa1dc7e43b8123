import { Notes } from '/js/notes.js';
import { equal } from './expect.js';

const at = (offset, place = 'topic/1') => ({ place, offset });
const message = (offset, time) => ({ key: `m${offset}`, time, at: at(offset) });
const shown = (notes, messages, isBegin = true) =>
  notes.among(messages, isBegin).map(({ message: m, note: n }) => (m ?? n).key);

function notesOf(...list) {
  const notes = new Notes();
  list.forEach((note) => notes.put(note));
  return notes;
}

export function aNoteOfTheSamePartitionStandsInTheOrderOfTheLog() {
  const notes = notesOf({ key: 'n', time: 1, at: at(4) });
  equal(shown(notes, [message(3, 9), message(5, 9)]), ['m3', 'n', 'm5']);
}

export function anotherNoteStandsByItsTime() {
  const notes = notesOf({ key: 'late', time: 7, at: at(1, 'mutual/1') }, { key: 'early', time: 2, at: null });
  equal(shown(notes, [message(3, 4), message(5, 6)]), ['early', 'm3', 'm5', 'late']);
}

export function aNoteBeforeMessagesThatAreNotLoadedWaitsForThem() {
  const notes = notesOf({ key: 'n', time: 1, at: null });
  equal(shown(notes, [message(3, 4)], false), ['m3']);
  equal(shown(notes, [], false), ['n']);
}

export function aNoteThatComesAgainIsOneAndKeepsItsPlace() {
  const notes = notesOf({ key: 'n', time: 1, at: null }, { key: 'n', time: 5, at: at(4) });
  equal(shown(notes, [message(3, 4)]), ['m3', 'n']);
}
