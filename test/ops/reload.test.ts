import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, runProgram, startBot } from '../program.ts';
import { until } from '../until.ts';

it('Y3: SIGHUP and `rembug reload` take a new token from .env in the same process, and one that cannot be used leaves all as it is', async () => {
  const tokens = new Set<string>();
  const discord = createServer((request, response) => {
    tokens.add(request.headers.authorization ?? '');
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"401: Unauthorized","code":0}');
  }).listen(0, '127.0.0.1');
  await once(discord, 'listening');
  const folder = newFolder();
  const { port } = discord.address() as AddressInfo;
  const settings = (token: string, more = '') =>
    writeFileSync(
      join(folder, '.env'),
      `DISCORD_TOKEN=${token}\nDISCORD_API_URL=http://127.0.0.1:${port}/api/\n${more}`,
    );
  settings('lama');
  const bot = startBot({ DATABASE_URL: `file:${join(folder, 'x.db')}` }, 'ignore', folder);
  const seen = (token: string) => until(() => [...tokens].join().includes(token), token);
  await seen('lama');
  settings('salah', 'LOG_LEVEL=nonsense\n');
  bot.end('SIGHUP');
  await bot.told('the settings of before stay');
  settings('baru');
  bot.end('SIGHUP');
  await seen('baru');
  expect([...tokens].join()).not.toContain('salah');
  expect(bot.logged.join()).not.toContain('baru');
  settings('terbaru');
  expect(runProgram(['reload'], { DATABASE_URL: `file:${join(folder, 'x.db')}` }).status).toBe(0);
  await seen('terbaru');
  bot.end('SIGTERM');
  expect(await bot.ended).toBe(0);
  discord.close();
});
