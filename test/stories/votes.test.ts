import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const partners = ['A', 'B', 'C', 'D', 'E'];

/** A forum with five partners, each with a representative named after it: rA … rE. */
async function forumOf(world: Awaited<ReturnType<typeof aWorld>>): Promise<void> {
  await world.all('/forum setup "Forum Uji" announce:pengumuman coordinators:koordinator');
  for (const name of partners)
    await world.all(
      `/partner add ${name} sector:community`,
      `/partner assign r${name} partner:${name} role:representative`,
    );
}

const propose = (options = '') =>
  `/strategy propose "Gladi akhir pekan" change:"Gladi hari Sabtu" rationale:"Warga bekerja" closes:3d ${options}`;

describe.each(databases)('a vote on $name', ({ open }) => {
  it('is carried by two thirds, and becomes the next version of the strategy', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      propose(),
      '@rA /strategy vote S-1 agree',
      '@rB :click Setuju',
      '@rC /strategi suara S-1 "tidak setuju"',
    );
    const closing = await world.run(':skip 3d');
    expect(closing.posts.at(-1)!.text).toContain('S-1: lulus');
    expect(closing.posts.at(-1)!.text).toContain('memilih 3 dari 5 (perlu 3); setuju 2 dari 3 (perlu ≥ ⅔)');
    expect((await world.run('/strategy history')).text).toContain('Versi 1');
  });

  it('needs no reason to be proposed: the ballot says that none has been given yet', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    expect((await world.run('/strategy propose "Gladi akhir pekan" closes:3d')).text).toContain(
      'Alasan: Belum ada alasan yang disampaikan.',
    );
    for (const one of ['A', 'B', 'C']) await world.all(`@r${one} /strategy vote S-1 agree`);
    await world.all(':skip 3d', '/me language en');
    expect((await world.run('/strategy history')).text).toContain('Gladi akhir pekan. No reason has been given yet.');
    expect((await world.run('/strategy export S-1 format:markdown')).text).toContain(
      '- Rationale: No reason has been given yet.',
    );
    const form = await world.run('/strategy propose');
    expect([form.error?.code, form.text]).toEqual(['missing_option', expect.stringContaining('  Rationale')]);
  });

  it('takes no new target without the indicator that it is for', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all('/indicator add "Warga terlatih" unit:orang');
    const refused = await world.run(propose('target:500'));
    expect(refused.error).toEqual({ code: 'missing_option', message: expect.stringContaining('sebutkan indikator') });
    expect((await world.run(':fill indikator=N-1')).text).toContain('N-1 Warga terlatih → 500');
  });

  it('is rejected when agreement stays below two thirds', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      propose('method:majority'),
      '@rA /strategy vote S-1 agree',
      '@rB /strategy vote S-1 disagree',
      '@rC /strategy vote S-1 abstain',
    );
    expect((await world.run(':skip 3d')).posts.at(-1)!.text).toContain('S-1: ditolak');
  });

  it('has no quorum when half or fewer take part', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose(), '@rA /strategy vote S-1 agree', '@rB /strategy vote S-1 agree');
    expect((await world.run(':skip 3d')).posts.at(-1)!.text).toContain('S-1: tidak kuorum');
  });

  it('gets its reason later, from its proposer or a coordinator, until somebody votes; the audit keeps it', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    for (const title of ['Gladi akhir pekan', 'Gladi malam', 'Gladi pagi'])
      expect((await world.run(`@rA /strategy propose "${title}" closes:3d`)).text).toContain('Tambah alasan');
    expect((await world.run('@rB /strategy show S-1')).text).not.toContain('Tambah alasan');
    await world.all('@rA /strategy show S-1', '@rA :click "Tambah alasan"');
    const added = (await world.run('@rA :fill rationale="Warga bekerja"')).text;
    expect(added).toContain('Alasan: Warga bekerja');
    expect(added).not.toContain('Tambah alasan');
    expect((await world.run('@rB /strategy show S-1')).text).toContain('Alasan: Warga bekerja');
    const { events } = world.store.tables;
    const kept = (await world.store.read.select().from(events)).filter(one => one.kind === 'strategy.explained');
    expect(kept.map(({ number, data }) => [number, data])).toEqual([[1, { after: 'Warga bekerja' }]]);

    const refusal = async (typed: string) => (await world.run(typed)).error?.code;
    expect(await refusal('@rA /strategy explain S-1 rationale:Lain')).toBe('conflict');
    expect(await refusal('@rB /strategy explain S-2 rationale:Lain')).toBe('forbidden');
    await world.all('/strategy explain S-3 rationale:Rapat', '@rB /strategy vote S-2 agree');
    expect((await world.run('@rA /strategy show S-2')).text).not.toContain('Tambah alasan');
    expect(await refusal('@rA /strategy explain S-2 rationale:Lain')).toBe('conflict');
  });

  it('is blocked by an objection, amended, and carried in the next round', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose());
    for (const one of ['A', 'B', 'C']) await world.all(`@r${one} /strategy vote S-1 agree`);
    expect((await world.run('@rD /strategy vote S-1 object')).error?.code).toBe('missing_option');
    await world.all('@rD /strategy vote S-1 object reason:"Pasar buka hari Sabtu"');
    expect((await world.run('/strategy amend S-1 change:"Gladi hari Minggu"')).text).toContain('putaran 2');
    for (const one of ['A', 'B', 'C', 'D']) await world.all(`@r${one} /strategy vote S-1 agree`);
    expect((await world.run(':skip 3d')).posts.at(-1)!.text).toContain('S-1: lulus');
  });

  it('stays blocked while the objection stands', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose('method:consent'));
    for (const one of ['A', 'B', 'C', 'D']) await world.all(`@r${one} /strategy vote S-1 agree`);
    await world.all('@rE /strategy vote S-1 object reason:"Tidak adil"');
    expect((await world.run(':skip 3d')).posts.at(-1)!.text).toContain('S-1: terhalang');
  });

  it('kept secret shows no tally before, no choice after, and has no row that joins the two', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose('secret:yes'));
    for (const one of ['A', 'B', 'C']) await world.all(`@r${one} /strategy vote S-1 agree`);
    const during = (await world.run('/strategy show S-1')).text;
    expect(during).not.toContain('setuju 3');
    expect((await world.run(':skip 3d')).posts.at(-1)!.text).toContain('S-1: lulus');
    const after = (await world.run('/strategy show S-1')).text;
    expect(after).toContain('A: sudah memilih');
    expect(after).not.toContain('A: setuju');
    const { ballots, secretVotes } = world.store.tables;
    const cast = await world.store.read.select().from(ballots);
    expect(cast.map(one => [one.choice, one.castAt])).toEqual(cast.map(() => [null, null]));
    expect(await world.store.read.select().from(secretVotes)).toHaveLength(3);
  });

  it('can be extended by a coordinator, and closes at the new time only', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose(), '/strategy extend S-1 closes:6d');
    expect((await world.run(':skip 4d')).posts.every(post => !post.text.includes('S-1: '))).toBe(true);
    await world.all('@rA /strategy vote S-1 agree');
    expect((await world.run(':skip 2d')).posts.at(-1)!.text).toContain('S-1: tidak kuorum');
  });

  it('that ended while the program was off is closed at its stored instant, and a late ballot is refused', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await forumOf(world);
    await world.all(propose());
    for (const one of ['A', 'B', 'C']) await world.all(`@r${one} /strategy vote S-1 agree`);
    const later = await aWorld({ store, start: new Date('2026-11-29T03:00:01Z') });
    const late = await later.run('@rD /strategy vote S-1 disagree');
    expect(late.error?.code).toBe('closed');
    // The outcome, due since the closing, comes before the card that is brought up to date because of it.
    const [outcome, card] = late.posts.map(post => post.text).slice(-2);
    for (const text of [outcome, card]) expect(text).toContain('27 Nov 2026 08.00 WIB');
    expect(outcome).toContain('S-1: lulus');
    expect(card).toContain('Keadaan: lulus');
  });

  it('refuses a ballot one second after the deadline', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await forumOf(world);
    await world.all(propose());
    const late = await aWorld({ store, start: new Date('2026-11-27T01:00:01Z') });
    expect((await late.run('@rA /strategy vote S-1 agree')).error?.code).toBe('closed');
  });

  it('has one ballot a partner: the alternate replaces the representative, who is told; both ballots are kept', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all('/partner assign aA partner:A role:alternate', propose(), '@rA /strategy vote S-1 agree');
    const replaced = await world.run('@aA /strategy vote S-1 disagree');
    expect(replaced.posts.map(post => post.to).sort()).toEqual(['#pengumuman', '@rA']);
    // W29: nobody is told directly of their own vote: its receipt says it.
    expect(replaced.text).toContain('menggantikan suara');
    const cast = await world.store.read.select().from(world.store.tables.ballots);
    expect(cast.map(one => [one.choice, one.inForce])).toEqual([
      ['agree', false],
      ['disagree', true],
    ]);
  });

  it('is for the electorate frozen at its opening: later partners read but do not vote', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose(), '/partner add F sector:ngo', '/partner assign rF partner:F role:representative');
    expect((await world.run('@rF /strategy vote S-1 agree')).error?.code).toBe('forbidden');
  });

  it('reminds those who have not voted, and nobody else', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose(), '@rA /strategy vote S-1 agree', '@rB /strategy vote S-1 abstain');
    const told = (await world.run(':skip 2d')).posts.map(post => post.to);
    expect(told.filter(to => to.startsWith('@')).sort()).toEqual(['@rC', '@rD', '@rE']);
  });

  it('counts a proxy where the giver does not vote, and the own vote where it does', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose(), '@rA /strategy proxy S-1 partner:B', '@rB /strategy vote S-1 agree');
    expect((await world.run('/strategy show S-1')).text).toContain('setuju 2');
    expect((await world.run('@rC /strategy proxy S-1 partner:B')).error?.code).toBe('conflict');
    await world.all('@rA /strategy vote S-1 disagree');
    expect((await world.run('/strategy show S-1')).text).toContain('setuju 1 · tidak setuju 1');
  });
});
