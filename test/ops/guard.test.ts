import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, startBot } from '../program.ts';
import { Discord } from '../wire/discord/discord.ts';

it('R29: a failure outside any call of ours is logged, and the bot goes on', async () => {
  const discord = await Discord.start({});
  const folder = newFolder();
  const failing = join(folder, 'failing.mjs');
  writeFileSync(failing, "process.on('SIGUSR2', () => { throw new Error('of a library'); });");
  const program = startBot({
    DATABASE_URL: `file:${join(folder, 'rembug.db')}`,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    NODE_OPTIONS: `--import ${failing}`,
  });
  const address = await program.address();
  await program.told('platform connected');
  program.end('SIGUSR2');
  await program.told('failure outside an act');
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  program.end();
  expect(await program.ended).toBe(0);
  await discord.stop();
});
