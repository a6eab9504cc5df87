import { expect, it } from 'vitest';
import { issueFrom } from '../../adapters/discord/receive.ts';
import { createAppBot } from '../../src/app/app.ts';
import { findDraft, keepDraft } from '../../src/bot/drafts.ts';
import type { Act, Ask } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { cutAt } from '../../src/language/clean.ts';
import { databases } from '../databases.ts';
import { countedIds, START } from '../world.ts';

it.each(databases)(
  'what was typed is kept for its author, in its place, and opens for nobody else ($name)',
  async ({ open }) => {
    const store = await open();
    const ids = countedIds();
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      () => {},
    );
    const bot = createAppBot(
      { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
      { now: () => START },
      ids,
    );
    const say = (account: string, ask: Ask, workspace = 'satu') => {
      const act: Act = {
        key: ids.next(),
        place: { platform: 'discord', workspace, channel: 'c' },
        who: { account, home: '', name: account, admin: true },
        ask,
        memberOf: () => null,
        channelOf: () => null,
      };
      return bot.perform(act);
    };
    const line = (typed: string): Ask => ({ kind: 'typed', line: typed });
    await say('ani', line('/forum setup Satu'));
    await say('ani', line('/forum setup Dua'), 'dua');
    const refused = await say('ani', line('/activity log "Rahasia kami" date:kapan'));
    if (refused.kind !== 'refused' || !refused.repair) throw new Error('nothing to mend');
    const press: Ask = { kind: 'pressed', invocation: refused.repair.resume };
    expect((await say('ani', press)).kind).toBe('form');
    // A forged one is no bug of ours; PostgreSQL takes no sign of number zero.
    const forged = await say('ani', { kind: 'pressed', invocation: `${refused.repair.resume}\0` });
    expect(forged).toMatchObject({ kind: 'refused', code: 'closed' });
    for (const [who, where] of [
      ['budi', 'satu'],
      ['ani', 'dua'],
    ] as const) {
      const answer = await say(who, press, where);
      expect([who, answer.kind]).toEqual([who, 'refused']);
      expect(JSON.stringify(answer)).not.toContain('Rahasia kami');
    }
    await store.close();
  },
);

it.each(databases)(
  'half of a character and the sign of number zero keep nothing from being kept ($name)',
  async ({ open }) => {
    const store = await open();
    const act = {
      place: { platform: 'discord', workspace: 'satu', channel: 'c' },
      who: { account: 'ani', home: '', name: 'ani', admin: false },
    } as Act;
    const given = {
      title: { typed: 'Banjir \ud83d' },
      detail: { typed: 'a\0b \\ud83d 🌊' },
      'x\0y \ud83d': { typed: 'nama' },
    };
    await keepDraft(store, 'd1', act, { action: 'ir', given, forumId: null }, START);
    const kept = (await findDraft(store.read, 'd1', act))!.given;
    expect(kept).toEqual({
      title: { typed: 'Banjir \ufffd' },
      detail: { typed: 'ab \\ud83d 🌊' },
      'xy \ufffd': { typed: 'nama' },
    });
    await store.close();
  },
);

it('a long message is asked for a title, and a name is cut to a label between characters', () => {
  const ask = issueFrom(`${'a'.repeat(199)}🌊 banjir`);
  const given = ask.kind === 'chosen' ? ask.given : {};
  expect([given.title, given.detail]).toEqual([undefined, { typed: `${'a'.repeat(199)}🌊 banjir` }]);
  expect([cutAt('ab🌊', 3), cutAt('ab🌊', 4), cutAt('ab🌊', 9)]).toEqual(['ab', 'ab🌊', 'ab🌊']);
});
