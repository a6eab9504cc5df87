import { expect, it } from 'vitest';
import { createAppBot } from '../../src/app/app.ts';
import { type Act, DIRECT } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { databases } from '../databases.ts';
import { countedIds, START } from '../world.ts';

it.each(databases)(
  'Y8: in direct messages of no server each person has turns of their own ($name)',
  async ({ open }) => {
    const store = await open();
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      () => {},
    );
    const ids = countedIds();
    const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
    const queueLimits = { running: 10, runningOfOne: 1, waiting: 10, waitingOfOne: 1, waitMs: 600_000 };
    const bot = createAppBot(services, { now: () => START }, ids, { queueLimits });
    const act = (account: string, workspace: string, line: string, isThere = async () => true): Promise<string> => {
      const asked: Act = {
        key: ids.next(),
        place: { platform: 'discord', workspace, channel: null },
        who: { account, home: '', name: account, admin: true },
        ask: { kind: 'typed', line },
        memberOf: () => null,
        channelOf: () => null,
        isThere,
      };
      return bot.perform(asked).then(answer => JSON.stringify(answer));
    };
    await act('sari', '1', '/forum setup "Forum Uji"');
    await act('budi', '1', '/goal list');
    let release = (): void => {};
    const held = new Promise<boolean>(done => {
      release = () => done(true);
    });
    // Discord is asked whether she is still in the server, and does not answer yet.
    const first = act('sari', DIRECT, '/goal add Satu', () => held);
    const second = act('sari', DIRECT, '/goal add Dua');
    expect(await act('sari', DIRECT, '/goal add Tiga')).toContain('Rembug sedang sangat sibuk');
    expect(await act('budi', DIRECT, '/activity log Empat')).toContain('K-1');
    release();
    expect([await first, await second].map(said => /T-\d/.exec(said)?.[0])).toEqual(['T-1', 'T-2']);
    await store.close();
  },
);
