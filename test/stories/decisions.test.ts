import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

/** A forum with a coordinator and five partners, each with a representative named after it: rA … rE. */
async function forumOf(world: World): Promise<void> {
  await world.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
  for (const name of ['A', 'B', 'C', 'D', 'E'])
    await world.all(
      `/partner add ${name} sector:community`,
      `/partner assign r${name} partner:${name} role:representative`,
    );
}

const propose = (options = '') => `/strategy propose Gladi change:Sabtu rationale:x ${options}`;

async function vote(world: World, code: string, ...names: string[]): Promise<void> {
  for (const name of names) await world.all(`@r${name} /strategy vote ${code} agree`);
}

const refusal = async (world: World, line: string) => (await world.run(line)).error?.code;

describe.each(databases)('a decision on $name', ({ open }) => {
  it('R10: takes no rule that is weaker or shorter than the forum asks for, from anybody but an urgent coordinator', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    for (const weaker of [
      'basis:member',
      'quorum:1',
      'quorum:1/2',
      'quorum:2',
      'threshold:1/9999',
      'threshold:1/2',
      'profile:simple',
      'closes:"in 1 minute"',
      'closes:23h',
      'closes:2d opens:30h',
      'quorum:1 opens:2d',
    ]) {
      expect([weaker, await refusal(world, `@nia ${propose(weaker)}`)]).toEqual([weaker, 'forbidden']);
      expect([weaker, await refusal(world, propose(weaker))]).toEqual([weaker, 'forbidden']);
    }
    for (const allowed of ['', 'quorum:3', 'quorum:>1/2', 'threshold:3/4', 'closes:24h', 'method:majority'])
      expect([allowed, await refusal(world, `@nia ${propose(allowed)}`)]).toEqual([allowed, undefined]);

    expect(await refusal(world, `@nia ${propose('quorum:1 urgent:"Air naik"')}`)).toBe('forbidden');
    const urgent = await world.run(propose('quorum:1 closes:2h urgent:"Air naik malam ini"'));
    expect(urgent.text).toContain('Mendesak: Air naik malam ini');
    expect((await world.run('@rB /strategy show S-7')).text).toContain('Mendesak: Air naik malam ini');
  });

  it('R10: a refused proposal says what the forum asks for, and keeps what was typed', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    const { error, text } = await world.run('@nia /strategy propose Gladi change:Sabtu closes:2h');
    expect(error?.code).toBe('forbidden');
    expect(text).toContain('terbuka sedikitnya 1 hari');
    expect(text).toContain('mendesak:"alasan"');
  });

  it('R10: has the floors that coordinators set, which everybody may read and the forum is told of', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    const usual = (await world.run('@nia /forum rules')).text;
    for (const part of ['lebih dari separuh mitra', '≥ ⅔', '1 hari']) expect(usual).toContain(part);
    expect(await refusal(world, '@nia /forum rules shortest:1h')).toBe('forbidden');
    const set = await world.run('/forum aturan dasar:anggota kuorum:3/4 ambang:>1/2 tersingkat:"2 jam"');
    expect(set.text).toContain('Aturan keputusan forum diubah oleh sari');
    expect(set.posts.map(post => [post.to, post.text.split('\n')[0]])).toEqual([
      ['#umum', 'Aturan keputusan forum diubah oleh sari'],
    ]);
    expect(await refusal(world, propose('threshold:1/2'))).toBe('forbidden');
    expect(await refusal(world, propose('quorum:2/3'))).toBe('forbidden');
    expect(await refusal(world, propose('closes:1h'))).toBe('forbidden');
    const { text } = await world.run(propose('closes:2h threshold:>1/2'));
    expect(text).toContain('Sah bila ≥ ¾ anggota');
    expect(text).toContain('Satu suara tiap anggota');
  });

  it('R10: a floor in people and a quorum in shares hold together, however the electorate grows', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all('/forum rules quorum:4', propose('closes:24h'));
    expect(await refusal(world, propose('quorum:1/2'))).toBe('forbidden');
    await vote(world, 'S-1', 'A', 'B', 'C');
    expect((await world.run(':skip 24h')).posts.at(-1)!.text).toContain('memilih 3 dari 5 (perlu 4)');
    await world.all('/forum rules quorum:>1/2', propose('quorum:3 opens:1d closes:3d'));
    for (const name of ['F', 'G'])
      await world.all(`/partner add ${name}`, `/partner assign r${name} partner:${name} role:representative`);
    await world.all(':skip 1d');
    await vote(world, 'S-2', 'A', 'B', 'C');
    expect((await world.run(':skip 2d')).posts.at(-1)!.text).toContain('memilih 3 dari 7 (perlu 4)');
  });

  it('R10: sets a target only where somebody put it who may set targets or speaks for a partner', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all('/indicator add Terlatih unit:orang target:100');
    expect(await refusal(world, `@nia ${propose('indicator:N-1 target:1')}`)).toBe('forbidden');
    await world.all('/partner assign cici partner:A role:member');
    expect(await refusal(world, `@cici ${propose('indicator:N-1 target:1')}`)).toBe('forbidden');
    for (const who of ['@rA ', ''])
      expect(await refusal(world, `${who}${propose('indicator:N-1 target:90')}`)).toBeUndefined();
  });

  it('R10: a vote that is open keeps its rule when the floors change', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose('closes:2d'), '/forum rules threshold:1/1');
    for (const name of ['A', 'B']) await world.all(`@r${name} /strategy vote S-1 agree`);
    await world.all('@rC /strategy vote S-1 disagree');
    expect((await world.run(':skip 2d')).posts.at(-1)!.text).toContain('S-1: lulus');
  });

  it('R11: is not ended or changed by its proposer alone, nor by a coordinator before the review date', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(`@rA ${propose('closes:24h')}`);
    await vote(world, 'S-1', 'A', 'B', 'C');
    await world.all(':skip 24h');
    for (const verdict of ['end', 'change'])
      for (const who of ['@rA ', '']) {
        const line = `${who}/strategy review S-1 verdict:${verdict} reason:x`;
        expect([line, await refusal(world, line)]).toEqual([line, 'forbidden']);
      }
    expect(await refusal(world, '@rA /strategy review S-1 verdict:keep')).toBeUndefined();
    await world.store.write('', tx => tx.update(tx.tables.strategies).set({ reviewOn: '2026-11-25' }));
    expect(await refusal(world, '@rA /strategy review S-1 verdict:end reason:x')).toBe('forbidden');
    expect(await refusal(world, '/strategy review S-1 verdict:end')).toBe('missing_option');
    const ended = await world.run('/strategy review S-1 verdict:end reason:"Sekolah pindah"');
    expect(ended.posts.filter(post => post.text.includes('ditinjau')).map(post => post.text)).toEqual([
      expect.stringMatching(/S-1 ditinjau: diakhiri oleh sari[\s\S]*Sekolah pindah/),
    ]);
    expect((await world.run('@rB /strategy show S-1')).text).toMatch(
      /Tinjauan: diakhiri, .*, oleh sari: “Sekolah pindah”/,
    );
    const history = (await world.run('@rB /strategy history')).text;
    expect(history).toContain('S-1 Gladi diakhiri saat tinjauan oleh sari. Sekolah pindah');
    expect(await refusal(world, '/strategy review S-1 verdict:keep')).toBe('closed');
  });

  it('R11: is ended or changed by another vote', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose('closes:24h'));
    await vote(world, 'S-1', 'A', 'B', 'C');
    await world.all(':skip 24h');
    expect(await refusal(world, '@rB /strategy propose "Tanpa gladi" ends:S-9 closes:24h')).toBe('not_found');
    await world.all(
      '@rB /strategy propose "Gladi malam" change:"Gladi hari Jumat" ends:S-1 closes:24h',
      '@rB /strategy propose "Akhiri saja" ends:S-1 closes:2d',
    );
    expect(await refusal(world, '@rB /strategy propose X ends:S-2')).toBe('conflict');
    await vote(world, 'S-2', 'A', 'B', 'C');
    await vote(world, 'S-3', 'A', 'B', 'C');
    await world.all(':skip 24h');
    expect((await world.run('/strategy show S-1')).text).toContain('diakhiri oleh keputusan S-2');
    expect((await world.run('/strategy history')).text).toMatch(/Sesudahnya\s+│? ?Gladi malam: Gladi hari Jumat/);
    await world.all(':skip 1d');
    const { strategyVersions } = world.store.tables;
    const texts = (await world.store.read.select().from(strategyVersions)).map(one => one.after);
    expect(texts).toEqual(['Gladi: Sabtu', 'Gladi malam: Gladi hari Jumat', 'Gladi malam: Gladi hari Jumat']);
  });

  it('R12: an amendment just before the close gives a day more, and writes to everybody who had voted', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(`@rA ${propose('closes:3d')}`);
    await vote(world, 'S-1', 'A', 'B', 'C');
    await world.all(':skip 71h', ':skip 58m');
    const amended = await world.run('@rA /strategy amend S-1 change:Minggu');
    expect(amended.text).toContain('Ini putaran 2, sampai');
    const told = amended.posts.filter(post => post.text.includes('silakan memilih lagi')).map(post => post.to);
    expect(told).toEqual(['@rB', '@rC']);
    expect((await world.run(':skip 23h')).posts.some(post => post.text.includes('S-1: '))).toBe(false);
    await vote(world, 'S-1', 'A', 'B', 'C');
    expect((await world.run(':skip 1h')).posts.at(-1)!.text).toContain('S-1: lulus');
  });

  it('R12: an amendment early on leaves the closing where it is; a shorter rule of the forum holds', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all('/forum rules shortest:2h', `@rA ${propose('closes:3d')}`, '@rA /strategy amend S-1 change:Minggu');
    const closes = async () => {
      const { strategies } = world.store.tables;
      return (await world.store.read.select().from(strategies))[0]!.closesAt.toISOString();
    };
    expect(await closes()).toBe('2026-11-27T01:00:00.000Z');
    await world.all(':skip 71h', '@rA /strategy amend S-1 change:Senin');
    expect(await closes()).toBe('2026-11-27T02:00:00.000Z');
  });

  it('R13: tells the proposer and the coordinators of an objection with its reason, and opens the talk', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(`@rA ${propose('closes:3d')}`);
    const objected = await world.run('@rD /strategy vote S-1 object reason:"Pasar buka hari Sabtu"');
    const told = objected.posts.filter(post => post.text.includes('D berkeberatan pada S-1'));
    expect(told.map(post => post.to).sort()).toEqual(['#koor', '@rA']);
    for (const post of told) expect(post.text).toContain('Pasar buka hari Sabtu');
    expect((await world.run('@rB /strategy show S-1')).text).toContain('terhalang 1 keberatan');
    const talk = await world.run(':click "Buka dialog"');
    expect([talk.ok, talk.text]).toEqual([true, expect.stringContaining('D')]);
    const again = await world.run('@rE /strategy object S-1 reason:"Kurang dana"');
    expect(again.posts.filter(post => post.text.includes('E berkeberatan')).length).toBe(2);
  });

  it('R13: objections of a secret vote are told with the result alone, without names or order', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(`@rA ${propose('closes:24h secret:yes')}`);
    await vote(world, 'S-1', 'A', 'B');
    const before = (await world.run('@rB /strategy show S-1')).text;
    const posts = [];
    for (const [name, reason] of [
      ['E', 'Zakat'],
      ['D', 'Air'],
    ])
      posts.push(...(await world.run(`@r${name} /strategy vote S-1 object reason:${reason}`)).posts);
    expect(posts.filter(post => /berkeberatan|Zakat|Air/.test(post.text))).toEqual([]);
    const during = (await world.run('@rB /strategy show S-1')).text;
    expect(during).not.toMatch(/terhalang|Zakat/);
    expect(during.split('\n').length).toBe(before.split('\n').length);
    const result = (await world.run(':skip 24h')).posts.at(-1)!.text;
    expect(result).toContain('S-1: terhalang');
    expect(result).toMatch(/tanpa nama dan tanpa urutan[\s\S]*Air[\s\S]*Zakat/);
  });

  it('R14: no objection of a secret vote can be overridden while it is open, whether there is one or not', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(propose('closes:24h secret:yes'));
    const first = await world.run('/strategy override S-1 reason:x');
    await world.all('@rA /strategy vote S-1 object reason:berat');
    const second = await world.run('/strategy override S-1 reason:x');
    expect([first.error, second.error]).toEqual([second.error, first.error]);
    expect(first.error?.code).toBe('conflict');
  });
});
