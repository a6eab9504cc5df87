import { expect, it } from 'vitest';
import { Shards } from '../../adapters/discord/shards.ts';
import { createLog } from '../../src/contract/log.ts';
import { until } from '../until.ts';
import { Discord } from '../wire/discord/discord.ts';

const log = createLog(
  { level: 'error', format: 'json' },
  () => new Date(0),
  () => {},
);

it('a process that does not reach Discord leaves its shards to others for a while, and is not well meanwhile', async () => {
  const discord = await Discord.start();
  discord.fail({ method: 'GET', route: '/gateway/bot', status: 500, times: Number.POSITIVE_INFINITY });
  let shards: Shards | undefined;
  const left = new Promise<number>(stepBack => {
    const app = { token: discord.token, apiUrl: discord.api, log, turn: async () => {}, onClient() {}, stepBack };
    shards = new Shards(app, { overdueMs: 50, restMs: 3_600_000 });
    shards.take(0, 1);
  });
  expect(await left).toBe(3_600_000);
  await shards?.drop(0);
  expect(shards?.health()).toEqual({ well: false, detail: 'Discord cannot be reached from here' });
  expect(discord.gateway.identifies).toBe(0);
  await discord.stop();
});

it('while one shard is connected nothing is given back, however long another waits', async () => {
  const discord = await Discord.start({ shards: 2 });
  /** Shards of which only the first ever gets its turn to identify. */
  const aProcess = (stepBack: () => void): Shards => {
    const turn = (lane: number): Promise<void> => (lane === 0 ? Promise.resolve() : new Promise(() => {}));
    const app = { token: discord.token, apiUrl: discord.api, log, turn, onClient() {}, stepBack };
    return new Shards(app, { overdueMs: 50, restMs: 3_600_000 });
  };
  let given = 0;
  const near = aProcess(() => given++);
  near.take(0, 2);
  await until(() => near.health().well, 'the first shard');
  // A slow machine may have given back until here.
  const before = given;
  near.take(1, 2);
  // One that began to wait later, and has nothing else, gives back: so the first one's time is over as well.
  let far: Shards | undefined;
  await new Promise<void>(stepBack => {
    far = aProcess(stepBack);
    far.take(1, 2);
  });
  expect([given - before, discord.gateway.held]).toEqual([0, [0]]);
  await Promise.all([near.drop(0), near.drop(1), far?.drop(1)]);
  await discord.stop();
});
