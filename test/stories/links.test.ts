import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0];

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/partner add A sector:ngo',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
] as const;

type World = Awaited<ReturnType<typeof aWorld>>;

/** Links two accounts: `shows` is shown the code, `types` enters it, and both say that it is one person. */
async function linkOf(world: World, shows: string, types: string) {
  const code = codeIn((await world.run(`@${shows} /me link`)).text);
  await world.all(`@${types} /me link ${code}`, `@${types} :click "Ya, akun saya"`);
  return world.run(`@${shows} :click "Ya, itu saya"`);
}

const refusal = async (world: World, line: string) => (await world.run(line)).error?.code;

describe.each(databases)('two accounts of one person on $name', ({ open }) => {
  it('become one after a code, two yes and a coordinator: one seat, one name', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/issue raise Saluran', '/issue assign I-1 member:ani2');
    const code = codeIn((await world.run('@ani /me link')).text);
    const { links, acts } = world.store.tables;
    const kept = [await world.store.read.select().from(links), await world.store.read.select().from(acts)];
    expect(JSON.stringify(kept)).not.toContain(code);
    const entered = await world.run(`@ani2 /saya tautkan ${code}`);
    expect([entered.text, entered.posts]).toEqual([expect.stringContaining('Kode ini milik ani (console, '), []]);
    expect(await refusal(world, '@ani /me same request:1')).toBe('not_found');
    const asked = await world.run('@ani2 :click "Ya, akun saya"');
    expect(asked.posts.map(post => post.to)).toEqual(['@ani']);
    expect(asked.posts[0]!.text).toContain('ani2 (console, ');
    expect(await refusal(world, '@ani2 /me same request:1')).toBe('not_found');
    expect((await world.run('@ani :click "Ya, itu saya"')).text).toContain('Kedua akun sekarang satu orang');
    expect(await refusal(world, '@ani /me same request:1')).toBe('closed');
    await world.all(':click "Orang yang sama"');
    expect((await world.run('@ani2 /me show')).text).toMatch(/Nama:? ani\b/);
    expect((await world.run('/issue show I-1')).text).toMatch(/Penanggung jawab:? ani\n/);
    expect((await world.run('@ani2 /activity log Gladi')).text).toContain('Mitra: A');
    expect(await refusal(world, `@cici /me link ${code}`)).toBe('not_found');
    expect(world.logged).toEqual([]);
  });

  it('that are not, stay apart', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const code = codeIn((await world.run('@ani /me link')).text);
    expect(await refusal(world, `@ani /me link ${code}`)).toBe('not_found');
    await world.all(`@maling /me link ${code}`, '@maling :click "Ya, akun saya"', '@ani :click "Bukan saya"');
    expect((await world.run('@maling /me show')).text).toContain('maling');
    const again = codeIn((await world.run('@ani /me link')).text);
    await world.all(`@maling /me link ${again}`, '@maling :click "Bukan akun saya"');
    expect(await refusal(world, '@maling /me claim request:2')).toBe('closed');
    const late = codeIn((await world.run('@ani /me link')).text);
    await world.run(':skip 11m');
    for (let i = 0; i < 5; i++) expect(await refusal(world, `@maling /me link ${late}`)).toBe('not_found');
    expect(await refusal(world, `@maling /me link ${late}`)).toBe('limit');
  });

  it('R8: lend no rights until another coordinator has said so; a talked-over coordinator keeps theirs', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum coordinator ani action:add', '@maling /me show');
    // The coordinator is talked into typing the code of somebody else, and into pressing yes.
    const linked = await linkOf(world, 'maling', 'sari');
    expect(linked.posts.map(post => post.to)).toContain('@sari');
    expect(linked.posts.some(post => post.to === '@ani' && post.text.includes('Dua akun ditautkan'))).toBe(true);
    for (const line of ['/forum settings pulse:yes', '/me vouch request:1'])
      expect([line, await refusal(world, `@maling ${line}`)]).toEqual([
        line,
        expect.stringMatching(/forbidden|not_found/),
      ]);
    expect(await refusal(world, '/me vouch request:1')).toBe('forbidden');
    expect((await world.run('/forum settings pulse:yes')).ok).toBe(true);
    await world.all('@maling /me forget', '@maling :click "Ya, hapus"');
    expect((await world.run('/forum show')).text).toContain('sari');
  });

  it('R8: where nobody else coordinates, the account that has the rights confirms it after a day', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@sari2 /me show');
    await linkOf(world, 'sari2', 'sari');
    expect(await refusal(world, '/me vouch request:1')).toBe('forbidden');
    expect(await refusal(world, '@sari2 /forum settings pulse:yes')).toBe('forbidden');
    const later = await world.run(':skip 25h');
    expect(later.posts.some(post => post.to === '@sari' && post.text.includes('Sudah satu hari'))).toBe(true);
    expect(await refusal(world, '@sari2 /me vouch request:1')).toBe('forbidden');
    await world.all('/me vouch request:1');
    expect((await world.run('@sari2 /forum settings pulse:yes')).ok).toBe(true);
  });

  it('R8: are undone by either side within seven days, with everything as before', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/issue raise Saluran',
      '/issue assign I-1 member:ani2',
      '/activity plan Rapat date:"3/12/2026 13.00"',
      '/activity plan Gladi date:"4/12/2026 13.00"',
      '/activity invite K-1 members:"ani, ani2"',
      '/activity invite K-2 members:ani2',
      '@ani2 /activity attend K-1 answer:yes',
      '@ani2 /calendar link',
      '@ani /calendar link',
      '@ani2 /partner list',
      '@ani /partner list',
    );
    const { members, seats, accounts, issues, mediators, indicatorPartners, invitees, calendarTokens } =
      world.store.tables;
    const all = async () => {
      const rows = [];
      for (const table of [seats, accounts, mediators, indicatorPartners, invitees, calendarTokens])
        rows.push(await world.store.read.select().from(table as never));
      const people = await world.store.read.select().from(members);
      const owners = (await world.store.read.select().from(issues)).map(one => one.owner);
      const written = [...rows, people].map(list =>
        list.map((row: object) => JSON.stringify({ ...row, lastSeenAt: null })).sort(),
      );
      return JSON.stringify([written, owners]);
    };
    const before = await all();
    await linkOf(world, 'ani', 'ani2');
    await world.all('/me vouch request:1');
    expect(await all()).not.toBe(before);
    expect((await world.run('@ani2 /me lepas-tautan')).text).toContain('Tautan dibatalkan');
    expect(await all()).toBe(before);
    expect(await refusal(world, '@ani /me unlink')).toBe('not_found');
    await linkOf(world, 'ani', 'ani2');
    await world.all(':skip 8d');
    expect(await refusal(world, '@ani /me unlink')).toBe('not_found');
  });

  it('have one invitation: what either answered holds, who came in either came, and an undone link parts them', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani2 /me show',
      '/activity plan Rapat date:24/11/2026 time:10.00',
      '/activity plan Gladi date:4/12/2026',
      '/activity invite K-1 members:"ani, ani2"',
      '/activity invite K-2 members:"ani, ani2, tamu" seats:1',
      '@ani2 /activity attend K-2 answer:yes',
      ':skip 1h',
      '@tamu /activity attend K-2 answer:yes',
    );
    const code = /\b[0-9A-Z]{6}\b/.exec((await world.run('/activity code K-1')).text)![0];
    await world.all(`@ani2 /activity attend K-1 code:${code}`);
    const { invitees } = world.store.tables;
    const rows = async () =>
      (await world.store.read.select().from(invitees))
        .map(one => `${one.activity}:${one.member} ${one.answer} ${one.came}`)
        .sort();
    const before = await rows();
    await linkOf(world, 'ani', 'ani2');
    await world.all('/me vouch request:1');
    const joined = await rows();
    expect(joined).toHaveLength(before.length - 2);
    expect(joined.filter(row => / (yes null|null true)$/.test(row))).toHaveLength(3);
    // The seat goes on being theirs, and whoever waits moves up where they forget themselves.
    expect((await world.run('@tamu /activity show K-2')).text).toContain('Kursi: 1 dari 1');
    await world.all('@ani2 /me unlink');
    expect(await rows()).toEqual(before);
    await linkOf(world, 'ani', 'ani2');
    await world.all('/me vouch request:2');
    const gone = await world.run('@ani /me forget confirm:yes');
    expect(gone.posts.filter(post => post.to === '@tamu')).toHaveLength(1);
    expect((await rows()).filter(row => row.startsWith('2:'))).toHaveLength(1);
    expect(world.logged).toEqual([]);
  });

  it('have one ballot in a vote of members that is open: the later one; what is closed stays', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani2 /me show',
      '/strategy propose S1 change:x rationale:y closes:2d basis:member quorum:2 urgent:uji',
      '@ani /strategy vote S-1 agree',
      '@ani2 /strategy vote S-1 agree',
      ':skip 3d',
      '/strategy propose S2 change:x rationale:y closes:3d basis:member quorum:2 urgent:uji',
      '@ani /strategy vote S-2 agree',
      ':skip 1h',
      '@ani2 /strategy vote S-2 disagree',
      '@budi /strategy vote S-2 agree',
    );
    const before = (await world.run('/strategy export S-1 format:markdown')).text;
    const told = await linkOf(world, 'ani', 'ani2');
    expect((await world.run('/strategy export S-1 format:markdown')).text).toBe(before);
    const inForce = async () => {
      const { ballots } = world.store.tables;
      const rows = await world.store.read.select().from(ballots);
      return rows.filter(one => one.strategy === 2 && one.inForce).map(one => one.choice);
    };
    expect((await inForce()).sort()).toEqual(['agree', 'disagree']);
    await world.all('@ani2 /strategy vote S-2 agree');
    expect(await inForce()).toEqual(['agree', 'agree']);
    // One person is one of the electorate, and is told which ballot counts.
    const electors = async () => {
      const rows = await world.store.read.select().from(world.store.tables.electors);
      return rows.filter(one => one.strategy === 2).map(one => one.name);
    };
    expect((await electors()).sort()).toEqual(['ani', 'budi', 'sari']);
    expect(told.text).toContain('S-2: suara terakhir yang berlaku');
    // Undone, both vote again; what was cast meanwhile stands once.
    await world.all('@ani2 /me unlink');
    expect((await electors()).sort()).toEqual(['ani', 'ani2', 'budi', 'sari']);
    expect(await inForce()).toEqual(['agree', 'agree']);
    await world.all('@ani2 /strategy vote S-2 disagree');
    expect((await inForce()).sort()).toEqual(['agree', 'agree', 'disagree']);
    expect(world.logged).toEqual([]);
  });

  it('R9: have one secret choice left after they are linked, and none more than the tally has', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani2 /me show',
      '/strategy propose S1 change:x rationale:y closes:2d basis:member quorum:1 secret:yes urgent:uji',
      '@ani /strategy vote S-1 agree',
      '@ani2 /strategy vote S-1 disagree',
      '@budi /strategy vote S-1 agree',
    );
    await linkOf(world, 'ani', 'ani2');
    await world.all(':skip 3d');
    const { secretVotes, strategies } = world.store.tables;
    const choices = (await world.store.read.select().from(secretVotes)).map(one => one.choice);
    expect(choices).toEqual(['agree', 'agree']);
    expect((await world.store.read.select().from(strategies))[0]!.arithmetic).toMatchObject({ present: 2, agree: 2 });
  });

  it('R8: who sits for two partners under two accounts votes once', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/strategy propose S1 change:x rationale:y closes:2d');
    await linkOf(world, 'ani', 'budi');
    await world.all('@ani /strategy vote S-1 agree');
    expect(await refusal(world, '@budi /strategy vote S-1 agree')).toBe('conflict');
    await world.all('@ani /strategy unvote S-1', '@budi /strategy vote S-1 agree');
  });

  it('R6: approve no money and send no warning of each other', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum settings approval:1jt', '/forum coordinator ani action:add');
    await linkOf(world, 'ani', 'budi');
    await world.all('@ani /finance record Hibah direction:in amount:5jt partner:A');
    expect(await refusal(world, '@budi /finance approve U-1')).toBe('forbidden');
    await world.all('/forum coordinator budi action:add', '@ani /forum announce "Air naik" urgency:early_warning');
    expect(await refusal(world, '@budi /forum send announcement:1')).toBe('forbidden');
    expect((await world.run('/forum send announcement:1')).ok).toBe(true);
  });

  it('R6: what was approved by what is one person now waits for somebody else again, and this is told', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/partner add C sector:ngo',
      '/partner assign cici partner:C role:representative',
      '/forum settings approval:1jt',
      '@ani /finance record Hibah direction:in amount:5jt partner:A',
      '@budi /finance approve U-1',
      '@ani /finance record Sumbangan direction:in amount:6jt partner:A',
      '@cici /finance approve U-2',
    );
    expect((await world.run('/finance summary')).text).toContain('11.000.000');
    const linked = await linkOf(world, 'ani', 'budi');
    expect(linked.posts.some(post => post.to === '#umum' && post.text.includes('U-1 menunggu orang kedua lagi'))).toBe(
      true,
    );
    expect(linked.posts.some(post => post.text.includes('U-2 menunggu'))).toBe(false);
    expect((await world.run('/finance summary')).text).not.toContain('11.000.000');
    expect(await refusal(world, '@budi /finance approve U-1')).toBe('forbidden');
    await world.all('@cici /finance approve U-1');
    expect((await world.run('/finance summary')).text).toContain('11.000.000');
    expect(await refusal(world, '@cici /finance approve U-1')).toBe('closed');
  });
});
