import { expect, it } from 'vitest';
import type { Act, Ask } from '../../src/bot/act.ts';
import { botOn } from '../../src/house.ts';
import { createLog } from '../../src/log.ts';
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
    const bot = botOn({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, { now: () => START }, ids);
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
