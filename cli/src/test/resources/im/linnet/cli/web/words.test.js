import { fault } from '/js/words.js';
import { equal } from './expect.js';

export function aRefusalIsToldInTheWordsOfItsUser() {
  equal(fault('topic.kick', { code: 0 }), null);
  equal(fault('topic.kick', { code: 4003, message: 'forbidden' }), 'Only the founder can remove members.');
  equal(fault('topic.kick', { code: 4000, message: 'member: is missing' }), 'Member: is missing.');
  equal(fault('anything', { code: 5003 }), 'The server refused this.');
}
