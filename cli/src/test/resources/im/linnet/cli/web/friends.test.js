import { NOBODY, befriended, friendLine, hasAsked, waitingFor } from '/js/friends.js';
import { equal } from './expect.js';

const act = (type, from, to, uuid = `${type} ${from}`) => ({ type, from, to, content: 'hello', time: 1, uuid });
const after = (...acts) => acts.reduce((state, each) => befriended(state, 'aa', each), NOBODY);
const statuses = ({ requests }) => requests.map(({ reqUser, user, status }) => [reqUser, user, status]);

export function aRequestWaitsForItsAnswer() {
  const state = after(act('add_friend', 'bb', 'aa'));
  equal(waitingFor('aa', state.requests), [{ user: 'aa', reqUser: 'bb', reqMessage: 'hello', status: 0, time: 1, uuid: 'add_friend bb' }]);
  equal([hasAsked('bb', 'aa', state.requests), hasAsked('aa', 'bb', state.requests)], [true, false]);
  equal(after(act('add_friend', 'bb', 'aa'), act('add_friend', 'bb', 'aa')).requests.length, 1);
}

export function anAcceptedRequestMakesFriendsAndARejectedOneDoesNot() {
  const accepted = after(act('add_friend', 'aa', 'bb'), act('accept_friend', 'bb', 'aa'));
  equal([accepted.friends, statuses(accepted)], [['bb'], [['aa', 'bb', 1]]]);
  const rejected = after(act('add_friend', 'bb', 'aa'), act('reject_friend', 'aa', 'bb'));
  equal([rejected.friends, statuses(rejected)], [[], [['bb', 'aa', 2]]]);
}

export function aCrossingRequestMakesFriends() {
  const state = after(act('add_friend', 'bb', 'aa'), act('add_friend', 'aa', 'bb'));
  equal([state.friends, statuses(state)], [['bb'], [['bb', 'aa', 1]]]);
}

export function whoWasRejectedMayAskAgain() {
  const state = after(act('add_friend', 'bb', 'aa', '1'), act('reject_friend', 'aa', 'bb'), act('add_friend', 'bb', 'aa', '2'));
  equal(statuses(state), [['bb', 'aa', 0], ['bb', 'aa', 2]]);
}

export function aFriendWhoIsRemovedIsNone() {
  equal(after(act('accept_friend', 'bb', 'aa'), act('accept_friend', 'aa', 'cc'), act('remove_friend', 'bb', 'aa')).friends, ['cc']);
}

export function anApplicationsOwnTokenChangesNothing() {
  equal(after(act('poke', 'bb', 'aa')), NOBODY);
}

export function theConversationTellsInWords() {
  const line = (type, from, to) => friendLine('aa', act(type, from, to), (user) => user.toUpperCase());
  equal(
    [line('add_friend', 'bb', 'aa'), line('add_friend', 'aa', 'bb'), line('accept_friend', 'aa', 'bb'), line('reject_friend', 'bb', 'aa'), line('remove_friend', 'aa', 'bb'), line('poke', 'bb', 'aa')],
    ['BB asked you to be friends: “hello”', 'You asked BB to be friends: “hello”', 'You and BB are friends now.', 'BB declined the request.', 'You removed BB from the friends.', 'BB sent [poke] hello'],
  );
}
