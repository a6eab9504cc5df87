import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { planSeatReview } from '../../src/schedule/seats.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

/** Two partners with representative and alternate, and one whose people change. */
const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add A',
  '/partner add B',
  '/partner add C',
  '/partner assign ani partner:A role:representative',
  '/partner assign anto partner:A role:alternate',
  '/partner assign budi partner:B role:representative',
  '/partner assign cici partner:C role:representative',
] as const;

describe.each(databases)('seats at the moment of acting on $name', ({ open }) => {
  async function aForum(...lines: string[]) {
    const world = await aWorld({ store: await open() });
    await world.all(...FORUM, ...lines);
    const code = async (line: string) => (await world.run(line)).error?.code;
    return { ...world, code };
  }

  it('R2: whoever sits for a partner then casts its ballot, in every round', async () => {
    await using world = await aForum('/strategy propose Usul closes:5d', '@budi /strategy vote S-1 agree');
    await world.all('/partner unassign budi', '/partner assign bela partner:B role:representative');
    expect(await world.code('@budi /strategy vote S-1 disagree')).toBe('forbidden');
    expect((await world.run('@bela /strategy vote S-1 abstain')).text).toContain('B');
    await world.all('/partner assign ani partner:A role:member', '/partner assign dewi partner:A role:representative');
    expect(await world.code('@ani /strategy vote S-1 agree')).toBe('forbidden');
    await world.all('@dewi /strategy vote S-1 agree', '@anto /strategy vote S-1 agree');
    await world.all('/strategy amend S-1 "Usul baru"', '@bela /strategy vote S-1 agree');
    expect(await world.code('@budi /strategy proxy S-1 M-1')).toBe('forbidden');
    // Who moved to another partner casts for that one.
    await world.all('/partner assign budi partner:C role:alternate', '@budi /strategy vote S-1 disagree');
    const { ballots } = world.store.tables;
    const cast = await world.store.read.select().from(ballots).orderBy(ballots.seq);
    expect(cast.filter(one => one.inForce).map(one => one.unit)).toEqual([2, 3]);
  });

  it('R2: reminders go to those who sit there then', async () => {
    await using world = await aForum('/strategy propose Usul closes:4d');
    await world.all(
      '/partner unassign budi',
      '/partner assign bela partner:B role:representative',
      '/partner archive C',
    );
    const told = (await world.run(':skip 50h')).posts.filter(post => post.to.startsWith('@')).map(post => post.to);
    expect([...new Set(told)].sort()).toEqual(['@ani', '@bela']);
  });

  it('R2: an archived partner stays in the electorate as not present, unless it had voted, and the ballot says so', async () => {
    await using world = await aForum(
      '/strategy propose Usul closes:4d',
      '/strategy propose Lagi closes:4d',
      '@cici /strategy vote S-2 agree',
      '/partner archive C',
    );
    expect(await world.code('@cici /strategy vote S-1 agree')).toBe('forbidden');
    // It will not vote any more, so that a proxy would be lost with it.
    expect(await world.code('@ani /strategy proxy S-1 M-3')).toBe('closed');
    const shown = (await world.run('/strategy show S-1')).text;
    expect(shown).toContain('Sudah diarsipkan: C');
    expect(shown).toContain('dihitung tidak hadir bila belum memilih');
    await world.all('@ani /strategy vote S-2 agree', '@ani /strategy vote S-1 agree', ':skip 5d');
    expect((await world.run('/strategy show S-1')).text).toContain('memilih 1 dari 3');
    expect((await world.run('/strategy show S-2')).text).toContain('memilih 2 dari 3');
  });

  it('R2: a proxy of a partner that is archived counts if its holder had voted, and is taken back if not', async () => {
    await using world = await aForum(
      '/strategy propose Usul closes:4d',
      '/strategy propose Lagi closes:4d',
      '@cici /strategy proxy S-1 M-1',
      '@cici /strategy proxy S-2 M-1',
      '@ani /strategy vote S-2 agree',
      '/partner archive C',
      '@ani /strategy vote S-1 agree',
      ':skip 5d',
    );
    expect((await world.run('/strategy show S-1')).text).toContain('memilih 1 dari 3');
    expect((await world.run('/strategy show S-2')).text).toContain('memilih 2 dari 3');
  });

  it('R2: a vote by member keeps its persons', async () => {
    await using world = await aForum('/strategy propose Usul basis:member urgent:uji closes:4d');
    await world.all('/partner unassign budi', '@budi /strategy vote S-1 agree', '@baru /me show');
    expect(await world.code('@baru /strategy vote S-1 agree')).toBe('forbidden');
  });

  it('R3: reporting and issues in charge end with the seat, fall back to the representative, and both are told', async () => {
    await using world = await aForum(
      '/partner assign dodi partner:A role:member',
      '/indicator add Air frequency:monthly partner:A',
      '@ani /indicator handover N-1 dodi',
      '@ani /issue raise Bocor partner:A',
      '/issue assign I-1 dodi',
      '@ani /issue raise Lain',
      '/issue assign I-2 dodi',
      '@dodi /indicator report N-1 5 okt',
    );
    const moved = await world.run('/partner assign dodi partner:B role:member');
    const told = moved.posts.filter(post => post.text.includes('beralih kepada ani'));
    expect(told.map(post => post.to).sort()).toEqual(['@ani', '@dodi']);
    for (const post of told) for (const code of ['N-1', 'I-1']) expect(post.text).toContain(code);
    expect(told[0]!.text).not.toContain('I-2');
    expect(await world.code('@dodi /indicator report N-1 9 okt')).toBe('forbidden');
    expect(await world.code('@dodi /indicator correct N-1 okt 9 salah')).toBe('forbidden');
    expect((await world.run('/issue show I-1')).text).toContain('ani');
    expect((await world.run('/issue show I-2')).text).toContain('dodi');
    await world.all(':skip 8d');
    expect((await world.run('@dodi /indicator due')).text).not.toContain('N-1');
    expect((await world.run('@ani /indicator due')).text).toContain('N-1');
  });

  it('R3: where nobody speaks for the partner the coordinators are told', async () => {
    await using world = await aForum('@cici /issue raise Bocor partner:C', '/issue assign I-1 cici');
    const left = (await world.run('/partner unassign cici')).posts.filter(
      post => post.to.startsWith('@') && post.text.includes('I-1'),
    );
    expect(left.map(post => post.to).sort()).toEqual(['@cici', '@sari']);
    expect((await world.run('/issue show I-1')).text).toContain('baru');
  });

  it('R5: people who joined by themselves before stay, and are listed to the coordinators once', async () => {
    await using world = await aForum('/partner assign eve partner:A role:member');
    const { store } = world;
    const { events, members } = store.tables;
    const eve = (await store.read.select().from(members)).find(one => one.name === 'eve')!;
    const last = (await store.read.select().from(events).orderBy(events.seq)).at(-1)!;
    // As joining was written down before it became a request.
    await store.write(null, tx =>
      tx.update(events).set({ kind: 'partner.joined', member: eve.number }).where(eq(events.seq, last.seq)),
    );
    await planSeatReview(store, world.clock.now());
    const told = (await world.run(':skip 1m')).posts.filter(post => post.text.includes('bergabung sendiri'));
    expect(told.map(post => post.to).sort()).toEqual(['#koor', '@sari']);
    for (const post of told) expect(post.text).toContain('eve: A');
    await planSeatReview(store, world.clock.now());
    const again = (await world.run(':skip 1d')).posts.filter(post => post.text.includes('bergabung sendiri'));
    expect(again).toEqual([]);
    await world.all('@eve /activity log Rapat', '/reminder list');
  });

  it('R4: an archived partner owes nothing, its duties are listed to the coordinators, its name stays', async () => {
    await using world = await aForum(
      '/indicator add Air frequency:monthly partner:"A, C"',
      '@cici /issue raise Bocor partner:C',
      '/agreement record Nota kind:informal partners:"A, C"',
      '/agreement commit P-1 what:Pompa due:30/12/2026 partner:C',
      ':skip 8d',
      '@cici /indicator report N-1 value:5 period:nov',
      ':skip 32d',
    );
    expect((await world.run('/indicator due')).text).toContain('C');
    const archived = await world.run('/partner archive C');
    const listed = archived.posts.filter(post => post.text.includes('tugasnya perlu diberikan'));
    expect(listed.map(post => post.to).sort()).toEqual(['#koor', '@sari']);
    for (const code of ['N-1', 'I-1', 'A-1']) expect(listed[0]!.text).toContain(code);
    expect((await world.run('/indicator due')).text).not.toMatch(/ C\b/);
    const later = (await world.run(':skip 30d')).posts.filter(post => /N-1/.test(post.text));
    for (const post of later) expect(post.text).not.toMatch(/\bC\b/);
    expect(later.some(post => post.to === '@cici')).toBe(false);
    expect((await world.run('/indicator show N-1')).text).toContain('C');
  });
});
