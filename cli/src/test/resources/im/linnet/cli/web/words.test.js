import { ending, fault } from '/js/words.js';
import { equal } from './expect.js';

export function aRefusalIsToldInTheWordsOfItsUser() {
  equal(fault('topic.kick', { code: 0 }), null);
  equal(fault('topic.kick', { code: 4003, message: 'forbidden' }), 'Only the founder can remove members.');
  equal(fault('history', { code: 4003, message: 'forbidden: peer: you are not a member of the topic' }), 'You are not in this group any more.');
  equal(fault('receipts', { code: 4004 }), 'The server does not have this message any more.');
}

export function whatTheServerSaysToItsClientsIsNotShown() {
  equal(fault('topic.kick', { code: 4000, message: 'member: is missing' }), 'The server cannot take this as it is.');
  equal(fault('anything', { code: 5003 }), 'The server cannot do this just now. Try again later.');
  equal(fault('anything', { code: 4999, message: 'new_code: x' }), 'The server refused this.');
}

export function theEndOfASessionIsToldWithWhatItsUserCanDo() {
  equal(ending(3500), 'The server does not accept your login. Log in again. If you pasted a token, paste a new one.');
  equal(ending(3501), 'Your token has expired. Log in again with a new one.');
  equal([ending(3502), ending(3503)], Array(2).fill('The server did not understand this page. Reload the page, and log in again.'));
  equal(ending(3999), 'The server ended your session. Log in again.');
}
