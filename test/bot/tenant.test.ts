import { describe, expect, it } from 'vitest';
import type { Act, Given } from '../../src/contract/act.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const SECRET = 'Xanadu';

/** The value that names a thing of the other forum, for each kind of option that takes one. */
const FOREIGN: Readonly<Record<string, string>> = {
  activity: 'K-3',
  agreement: 'P-3',
  entry: 'U-3',
  before: 'K-3',
  goal: 'T-3',
  indicator: 'N-3',
  issue: 'I-3',
  partner: 'M-3',
  partners: 'M-3',
  reminder: 'N-3',
  strategy: 'S-3',
};

/** A valid value for every other option, so that only the foreign one can be at fault. */
const VALID: Readonly<Record<string, string>> = {
  choice: 'agree',
  verdict: 'keep',
  closes: '5d',
  member: 'ani',
  severity: 'high',
  evidence: 'foto',
  action: 'add',
  direction: 'in',
  amount: '5',
  announcement: '1',
  item: '1',
  period: 'okt',
  until: '2d',
  value: '5',
  answer: 'yes',
  due: '1/1/2027',
  expires: '1/1/2027',
};

describe.each(databases)('two forums on $name', ({ open }) => {
  it('never reach each other: what belongs to another forum is not found, by any command, and never shown', async () => {
    const store = await open();
    await using theirs = await aWorld({ store, workspace: 'theirs', actor: 'tuti' });
    await theirs.all('/forum setup "Forum Sana" announce:umum');
    for (let n = 1; n <= 3; n++)
      await theirs.all(
        `/partner add "${SECRET} mitra ${n}" sector:ngo`,
        `/partner assign wakil${n} partner:M-${n} role:representative`,
        `/goal add "${SECRET} tujuan ${n}"`,
        `/activity log "${SECRET} kegiatan ${n}"`,
        `/issue raise "${SECRET} isu ${n}"`,
        `/strategy propose "${SECRET} usul ${n}" rationale:x closes:3d`,
        `/indicator add "${SECRET} ukuran ${n}"`,
        `/agreement record "${SECRET} sepakat ${n}"`,
        `/finance record "${SECRET} uang ${n}" direction:in amount:5`,
      );
    const ours = await aWorld({ store, workspace: 'ours', actor: 'sari' });
    await ours.all(
      '/forum setup "Forum Sini"',
      '/partner add Kami sector:ngo',
      '/partner assign sari partner:Kami role:representative',
    );
    let tried = 0;
    for (const command of ours.bot.registry.commands)
      for (const action of command.actions)
        for (const [key, option] of Object.entries(action.options)) {
          const foreign = option.kind.input === 'entity' || option.kind.input === 'list' ? FOREIGN[key] : undefined;
          if (!foreign) continue;
          const others = Object.entries(action.options).filter(
            ([name, one]) => name !== key && (one.required || one.unless || one.unlessAny),
          );
          const typed = Object.fromEntries(others.map(([name]) => [name, VALID[name] ?? FOREIGN[name] ?? 'teks']));
          const line = Object.entries({
            ...typed,
            [key]:
              key === 'before' && command.name !== 'activity'
                ? foreign.replace('K', { issue: 'I', strategy: 'S', finance: 'U', agreement: 'P' }[command.name] ?? 'K')
                : foreign,
          })
            .map(([name, value]) => `${name}:"${value}"`)
            .join(' ');
          const result = await ours.run(`/${command.name} ${action.name} ${line}`);
          expect([`${command.name} ${action.name}`, result.error?.code]).toEqual([
            `${command.name} ${action.name}`,
            'not_found',
          ]);
          expect(JSON.stringify(result)).not.toContain(SECRET);
          tried++;
        }
    expect(tried).toBeGreaterThan(25);
    for (const query of [
      '/activity list',
      '/activity search kegiatan',
      '/issue list',
      '/goal list',
      '/indicator list',
      '/indicator due',
      '/agreement list',
      '/finance list',
      '/finance summary',
      '/partner list',
      '/strategy list',
      '/partner map',
    ])
      expect((await ours.run(query)).text).not.toContain(SECRET);
    expect(ours.logged).toEqual([]);
  });

  it('keep their suggestions apart', async () => {
    const store = await open();
    await using theirs = await aWorld({ store, workspace: 'theirs' });
    await theirs.all(
      '/forum setup Sana',
      `/activity log "${SECRET} kegiatan"`,
      `/partner add "${SECRET} mitra"`,
      `/issue raise "${SECRET} isu"`,
    );
    const ours = await aWorld({ store, workspace: 'ours' });
    await ours.all('/forum setup Sini');
    for (const command of ours.bot.registry.commands)
      for (const action of command.actions)
        for (const option of Object.keys(action.options)) {
          const act: Act = {
            key: 'k',
            place: { platform: 'console', workspace: 'ours', channel: null },
            who: { account: 'sari', home: '', name: 'sari', admin: true },
            ask: { kind: 'chosen', path: [command.name, action.name].filter(Boolean), given: {} as Given },
            memberOf: () => null,
            channelOf: () => null,
          };
          for (const typed of ['', SECRET, 'K-1', 'M-1', 'I-1'])
            expect(JSON.stringify(await ours.bot.suggest(act, option, typed))).not.toContain(SECRET);
        }
  });
});
