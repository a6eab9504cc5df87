import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('words typed without the name of an option ($name)', ({ open }) => {
  async function aForum() {
    const world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      '/me language en',
      '/partner add BPBD',
      '/partner add "Dinas Sosial"',
      '/partner assign sari partner:BPBD role:representative',
      '/partner assign budi partner:"Dinas Sosial" role:representative',
      '/strategy propose "A plan"',
      '/issue raise "Well is dry"',
      '/goal add "A goal"',
      '/indicator add Water frequency:quarterly partner:BPBD',
      '/indicator add Air frequency:monthly partner:BPBD',
    );
    return world;
  }

  const TAKEN = [
    ['after the code each word fills what is required', '/strategy vote S-1 agree', 'Choice: agree'],
    ['a code named by its option is followed in the same way', '/strategy vote strategy:S-1 agree', 'Choice: agree'],
    ['the last one, if a text, takes the rest of the line', '/issue comment I-1 the water is back', 'I-1'],
    ['one more word fills the one option that can read it: a known member', '/issue assign I-1 budi', 'budi'],
    ['a choice', '/activity log "Fire drill" training', 'Kind: training'],
    ['a partner by its name', '/finance record "Tents" out 5000000 BPBD', 'BPBD'],
    ['a partner by its code', '/finance record "Tents" out 5000000 M-2', 'Dinas Sosial'],
    ['a partner of two words', '/finance record "Tents" out 5000000 Dinas Sosial', 'Dinas Sosial'],
    ['a date', '/activity plan "Fire drill" 12/12/2026', '12 December 2026'],
    ['a period', '/indicator report N-1 45 2026-Q3', '2026-Q3'],
    ['a month', '/indicator report N-2 45 okt', '2026-10'],
    ['a thing of another kind by its code', '/activity log "Fire drill" T-1', 'Goal: T-1'],
    ['a required value may have several words', '/strategy proxy S-1 Dinas Sosial', 'Dinas Sosial'],
    ['a date of two words', '/agreement renew P-1 25 dec 2027', '25 December 2027'],
    ['a query without a main option', '/activity list BPBD', ''],
  ] as const;
  it('fill what is required, and then the one option that can read them', async () => {
    await using world = await aForum();
    await world.all('/agreement record "A memo" partners:"BPBD, Dinas Sosial"');
    for (const [what, line, shown] of TAKEN) {
      const result = await world.run(line);
      expect([what, result.ok, result.error]).toEqual([what, true, undefined]);
      expect(result.text).toContain(shown);
    }
  });

  const REFUSED = [
    '/issue assign I-1 nobody',
    '/issue assign I-1 budi tomorrow',
    '/issue show I-1 budi',
    '/strategy vote S-1 agree whatever',
    '/strategy vote S-1 perhaps',
    '/activity plan "Fire drill" "Dinas Sos"',
    '/forum show x',
    // Two dates are open: neither alone can read it.
    '/activity list 12/12/2026',
  ];
  it('are refused where no option alone can read them', async () => {
    await using world = await aForum();
    for (const line of REFUSED) expect([line, (await world.run(line)).error?.code]).toEqual([line, 'invalid_option']);
    // A word that may mean something else makes nobody a member.
    expect((await world.run('/forum members')).text).not.toContain('nobody');
  });

  it('who may not do it is told that first', async () => {
    await using world = await aForum();
    expect((await world.run('@cici /goal close T-1 done whatever')).error?.code).toBe('forbidden');
    expect((await world.run('@cici /partner archive M-1 x y')).error?.code).toBe('forbidden');
  });
});
