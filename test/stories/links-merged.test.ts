import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0];

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/partner add Palang sector:ngo',
  '/partner add Hijau sector:ngo',
  '/partner assign ani partner:Palang role:representative',
  '/partner assign budi partner:Hijau role:representative',
  '/partner assign cici partner:Hijau role:member',
  '/forum coordinator dodi action:add',
] as const;

type World = Awaited<ReturnType<typeof aWorld>>;

/** Makes two accounts one person, and lends the rights of one to the other. */
async function merged(world: World, shows: string, types: string, request = 1): Promise<void> {
  const code = codeIn((await world.run(`@${shows} /me link`)).text);
  await world.all(
    `@${types} /me link ${code}`,
    `@${types} /me claim request:${request}`,
    `@${shows} /me same request:${request}`,
    `/me vouch request:${request}`,
  );
}

const refusal = async (world: World, line: string) => (await world.run(line)).error?.code ?? null;

describe.each(databases)('accounts that a coordinator has made one, on $name', ({ open }) => {
  it('R8: what either raised, recorded or proposed is that person’s, private matters too, and nobody else’s', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/partner assign ani2 partner:Palang role:member',
      '@ani2 /issue raise Rahasia private:yes mediator:dodi',
      '@ani2 /activity plan Gladi date:"3/12/2026 13.00"',
      '@ani2 /strategy propose Usul change:x rationale:y closes:5d',
      '@ani2 /finance record Tenda direction:out amount:1rb',
    );
    expect(await refusal(world, '@ani /issue show I-1')).toBe('not_found');
    await merged(world, 'ani', 'ani2');
    for (const account of ['ani', 'ani2'])
      expect((await world.run(`@${account} /issue show I-1`)).text).toContain('Rahasia');
    for (const line of ['/issue show I-1', '@budi /issue show I-1'])
      expect(await refusal(world, line)).toBe('not_found');
    await world.all(
      '@ani2 /activity edit K-1 location:Balai',
      '@ani /strategy amend S-1 change:z',
      '@ani2 /finance reverse U-1 reason:x',
    );
    await world.all('@ani2 /me unlink');
    expect(await refusal(world, '@ani /issue show I-1')).toBe('not_found');
    expect((await world.run('@ani2 /issue show I-1')).text).toContain('Rahasia');
  });

  it('R8: who forgets themselves forgets each of their accounts, whichever side was kept', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@lama /activity log Gladi');
    await merged(world, 'lama', 'ani');
    await world.all('@ani /me forget', '@ani :click "Ya, hapus"');
    const { members, accounts } = world.store.tables;
    const names = (await world.store.read.select().from(members)).map(row => row.name);
    expect(names.filter(name => /ani|lama/.test(name))).toEqual([]);
    expect((await world.store.read.select().from(accounts)).map(row => row.name)).not.toContain('lama');
  });

  it('R3, R8: reporting for the partner that one of them left passes on, and comes back when it is undone', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add Air frequency:monthly partner:"Palang, Hijau"',
      '@budi /indicator handover N-1 cici',
      '@budi /issue raise Pompa partner:Hijau',
      '@budi /issue assign I-1 cici',
    );
    await merged(world, 'ani', 'cici');
    const { indicatorPartners, issues, members } = world.store.tables;
    const numbers = new Map((await world.store.read.select().from(members)).map(row => [row.number, row.name]));
    const holders = async () => {
      const handed = (await world.store.read.select().from(indicatorPartners)).find(row => row.partner === 2)!.member;
      const [issue] = await world.store.read.select().from(issues);
      return [handed, issue!.owner];
    };
    const budi = [...numbers].find(([, name]) => name === 'budi')![0];
    expect(await holders()).toEqual([null, budi]);
    await world.all('@ani /me unlink');
    const cici = (await world.store.read.select().from(members)).find(row => row.name === 'cici')!.number;
    expect(await holders()).toEqual([cici, cici]);
  });

  it('R8: a seat or coordination that was taken from the one person does not come back by undoing the link', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum coordinator eve action:add', '/forum coordinator ani2 action:add');
    // Eve coordinates and sits nowhere: the seat of cici becomes hers.
    await merged(world, 'eve', 'cici');
    expect((await world.run('/partner show Hijau')).text).toContain('eve');
    await world.all('/partner unassign eve');
    await merged(world, 'ani', 'ani2', 2);
    await world.all('/forum coordinator ani action:remove');
    await world.all('@cici /me unlink', '@ani2 /me unlink');
    expect(await refusal(world, '@cici /activity log X partners:Hijau')).toBe(null);
    expect((await world.run('/partner show Hijau')).text).not.toMatch(/cici|eve/);
    for (const who of ['ani', 'ani2'])
      expect(await refusal(world, `@${who} /forum settings pulse:yes`)).toBe('forbidden');
  });

  it('R8: two who sit for two partners: undone, a seat comes back in the role that is free, and to no archived partner', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    await merged(world, 'ani', 'budi');
    const roles = async () => {
      const { seats, members } = world.store.tables;
      const names = new Map((await world.store.read.select().from(members)).map(row => [row.number, row.name]));
      const rows = await world.store.read.select().from(seats);
      return rows.map(row => `${names.get(row.member)} ${row.partner} ${row.role}`).sort();
    };
    expect(await roles()).toEqual(['ani 1 representative', 'cici 2 member']);
    await world.all('/partner assign cici partner:Hijau role:representative', '@budi /me unlink');
    expect(await roles()).toEqual(['ani 1 representative', 'budi 2 member', 'cici 2 representative']);
    expect(await refusal(world, '@budi /partner edit Hijau contact:x')).toBe('forbidden');
    await merged(world, 'ani', 'budi', 2);
    await world.all('/partner archive Hijau reason:bubar', '@ani /me unlink');
    expect(await roles()).toEqual(['ani 1 representative']);
  });

  it('R8: three accounts: a link is undone before the one that it rests on, each within seven days of when it lent rights', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@satu /issue raise Satu private:yes mediator:dodi');
    const code = codeIn((await world.run('@dua /me link')).text);
    await world.all(`@satu /me link ${code}`, '@satu /me claim request:1', '@dua /me same request:1');
    await world.all(':skip 3d');
    await merged(world, 'ani', 'dua', 2);
    await world.all(':skip 1d', '/me vouch request:1');
    expect((await world.run('@ani /issue show I-1')).text).toContain('Satu');
    expect((await world.run('@satu /partner show Palang')).text).toContain('ani');
    expect(await refusal(world, '@satu /partner edit Palang contact:x')).toBe(null);
    await world.all(':skip 5d', '@satu /me unlink');
    expect(await refusal(world, '@satu /partner edit Palang contact:x')).toBe('forbidden');
    expect(await refusal(world, '@ani /issue show I-1')).toBe('not_found');
    expect(await refusal(world, '@dua /partner edit Palang contact:x')).toBe(null);
    await world.all('@dua /me unlink');
    expect(await refusal(world, '@dua /partner edit Palang contact:x')).toBe('forbidden');
    expect(world.logged).toEqual([]);
  });
});
