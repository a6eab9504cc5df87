import { expect, it } from 'vitest';
import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { factOf, rememberFact } from '../../src/domain/facts.ts';
import { registryOf } from '../../src/house.ts';
import { createLog } from '../../src/log.ts';
import { together } from '../../src/replicas/together.ts';
import { readSettings } from '../../src/settings.ts';
import { startHouse } from '../../src/start.ts';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { readableText } from '../wire/discord/compose.ts';
import { Discord } from '../wire/discord/discord.ts';

const TEMPO = { leaseMs: 2_000, turnMs: 200, safetyMs: 500 };

/** One process of the bot, as `start` makes it, on a database and a Discord that it shares with others. */
async function aProcess(discord: Discord, url: string, holder: string) {
  const store = await openStore(url);
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const painter = createPainter(log);
  const adapter = new DiscordAdapter({
    token: discord.token,
    guildId: undefined,
    apiUrl: discord.api,
    registry: registryOf(),
    log,
    painter,
    registered: {
      load: () => factOf(store, 'discord-commands'),
      save: hash => rememberFact(store, 'discord-commands', hash),
    },
    sharing: together({ store, log, holder, tempo: TEMPO }),
  });
  const ground = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const house = await startHouse(ground, readSettings({ PORT: '0' }), [{ adapter }], { painter });
  return { ...house, adapter };
}

it('three processes share the shards of one bot: each answers in its servers, each posts in all, one registers', async () => {
  const discord = await Discord.start({ shards: 4 });
  const url = await newPostgresUrl();
  const ana = discord.addUser('Ana');
  const guilds = Array.from({ length: 8 }, (_, n) => discord.addGuild({ name: `Forum ${n}`, members: [ana] }));
  const channels = guilds.map((guild, n) => discord.addChannel({ guild, name: `umum-${n}` }));
  const news = discord.addChannel({ guild: guilds[0]!, name: 'kabar' });
  const houses = [await aProcess(discord, url, '1'), await aProcess(discord, url, '2')];
  houses.push(await aProcess(discord, url, '3'));
  // What is said to a shard while it changes hands is heard by nobody: each has its part first.
  while (houses.some(({ adapter }) => adapter.health().detail !== 'connected')) await new Promise(setImmediate);
  await discord.until(() => discord.gateway.held.length === 4, 'four shards');
  const say = (channel: (typeof channels)[number], name: string, subcommand: string, options: object) =>
    discord.slash({ channel, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] });
  for (const [n, channel] of channels.entries()) {
    const where = n === 0 ? { announce: news } : {};
    const asked = say(channel, 'forum', 'setup', { name: `Forum ${n}`, ...where });
    expect((await asked.answered()).text).toContain(`Forum ${n}`);
  }
  expect(houses.map(({ adapter }) => adapter.health().well)).toEqual([true, true, true]);
  await say(channels[0]!, 'activity', 'log', { title: 'Gladi' }).answered();
  await discord.until(() => discord.messages(news).some(one => readableText(one).includes('Gladi')), 'the card');
  expect(discord.requests.filter(one => one.method === 'PUT' && one.path.endsWith('/commands'))).toHaveLength(1);
  // One that leaves gives back at once, and the others answer in its servers.
  await houses[0]!.stop();
  await discord.until(() => discord.gateway.held.length === 4, 'the others');
  for (const channel of channels) expect((await say(channel, 'forum', 'show', {}).answered()).text).toContain('Forum');
  await Promise.all(houses.slice(1).map(house => house.stop()));
  expect([discord.gateway.breaches, discord.failures]).toEqual([[], []]);
  await discord.stop();
});
