import { endOf, factLine, grouped, memberCount, namesIn, ownPart } from '/js/groups.js';
import { equal } from './expect.js';

const fact = (event, fields) => ({ op: 'topic', event, topic: 't', by: 'bb', ...fields });
const line = (event, fields) => factLine('aa', fact(event, fields), (user) => user);

export function factsChangeWhatIsKnownOfAGroup() {
  const made = grouped(undefined, fact('created', { name: 'Tea', members: ['bb', 'aa'], join: 'invite' }));
  equal(made, { topic: 't', name: 'Tea', founder: 'bb', join: 'invite', history: false, members: 2 });
  equal(grouped(made, fact('renamed', { name: 'Cake' })).name, 'Cake');
  equal(grouped(made, fact('transferred', { members: ['aa'] })).founder, 'aa');
  equal(grouped(made, fact('joined', { members: ['cc'] })), made);
  equal(grouped(undefined, fact('joined', { members: ['aa'] })), { topic: 't' });
}

export function theUserIsInOrOutByAFact() {
  const parts = [
    fact('created', { members: ['bb', 'aa'] }),
    fact('joined', { members: ['aa'] }),
    fact('joined', { members: ['cc'] }),
    fact('left', { members: ['cc'] }),
    fact('kicked', { members: ['aa'] }),
    fact('left', { by: 'aa', members: ['aa'] }),
    fact('disbanded'),
    fact('renamed', { name: 'x' }),
  ].map((each) => ownPart('aa', each));
  equal(parts, ['in', 'in', null, null, 'out', 'out', 'out', null]);
  equal(
    [endOf('aa', fact('kicked', { members: ['aa'] })), endOf('aa', fact('left', { by: 'aa' })), endOf('aa', fact('disbanded'))],
    ['You are no longer in this group.', 'You left this group.', 'This group was disbanded.'],
  );
}

export function factsAreToldInWords() {
  equal(line('created'), 'bb created the group.');
  equal(line('joined', { members: ['bb'] }), 'bb joined.');
  equal(line('joined', { members: ['aa'] }), 'bb added you.');
  equal(line('joined', { members: ['c', 'd', 'e', 'f', 'g'] }), 'bb added c, d, e and 2 others.');
  equal(line('left', { members: ['bb'] }), 'bb left.');
  equal(line('kicked', { members: ['cc', 'dd'] }), 'bb removed cc and dd.');
  equal(line('renamed', { name: '<b>' }), 'bb named the group “<b>”.');
  equal(line('transferred', { members: ['aa'] }), 'bb made you the founder.');
  equal(line('disbanded', { by: 'aa' }), 'You disbanded the group.');
}

export function namesArePartedBySpacesOrCommas() {
  equal(namesIn(' aa, bb;cc\n dd  aa '), ['aa', 'bb', 'cc', 'dd']);
  equal([namesIn('  '), memberCount(1), memberCount(2)], [[], '1 member', '2 members']);
}
