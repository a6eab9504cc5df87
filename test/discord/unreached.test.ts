import { expect, it } from 'vitest';
import { Shards } from '../../adapters/discord/shards.ts';
import { createLog } from '../../src/log.ts';
import { Discord } from '../wire/discord/discord.ts';

it('a process that does not reach Discord leaves its shards to others for a while, and is not well meanwhile', async () => {
  const discord = await Discord.start();
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  discord.fail({ method: 'GET', route: '/gateway/bot', status: 500, times: Number.POSITIVE_INFINITY });
  let shards: Shards | undefined;
  const left = new Promise<number>(stepBack => {
    const house = { token: discord.token, apiUrl: discord.api, log, turn: async () => {}, onClient() {}, stepBack };
    shards = new Shards(house, { overdueMs: 50, restMs: 3_600_000 });
    shards.take(0, 1);
  });
  expect(await left).toBe(3_600_000);
  await shards?.drop(0);
  expect(shards?.health()).toEqual({ well: false, detail: 'Discord cannot be reached from here' });
  expect(discord.gateway.identifies).toBe(0);
  await discord.stop();
});
