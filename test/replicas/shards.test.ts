import { expect, it } from 'vitest';
import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { leased } from '../../src/cluster/leased.ts';
import { createLog } from '../../src/contract/log.ts';
import { factOf, rememberFact } from '../../src/domain/facts.ts';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { UNLIMITED } from '../unlimited.ts';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import { Discord } from '../wire/discord/discord.ts';
import { snowflake } from '../wire/discord/ids.ts';
import type { Channel } from '../wire/discord/model.ts';
import { handed } from '../world.ts';

/** Turns come soon, and a machine that stalls for seconds loses nothing. */
const TEMPO = { leaseMs: 10_000, turnMs: 200, safetyMs: 500 };

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
    sharing: leased({ store, log, holder, tempo: TEMPO }),
  });
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const settings = readSettings({ PORT: '0', METRICS_ADDRESS: '' });
  const app = await startApp(services, settings, [{ adapter }], { ...handed(), painter, fairUse: UNLIMITED });
  return { ...app, adapter };
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
  await until(() => houses.every(({ adapter }) => adapter.health().detail === 'connected'), 'a part for each');
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
  await Promise.all(houses.slice(1).map(app => app.stop()));
  expect([discord.gateway.breaches, discord.failures]).toEqual([[], []]);
  await discord.stop();
});

it('while shards change hands, the others stay connected and answer, and none is held twice', async () => {
  const discord = await Discord.start({ shards: 4 });
  const { gateway } = discord;
  const url = await newPostgresUrl();
  const ana = discord.addUser('Ana');
  const shardOf = (id: string): number => Number((BigInt(id) >> 22n) % 4n);
  const channels = new Map<number, Channel>();
  // The shard of a server is in its id, and that is in the millisecond in which it is made.
  while (channels.size < 4) {
    if (channels.has(shardOf(snowflake()))) continue;
    const guild = discord.addGuild({ name: 'Forum', members: [ana] });
    channels.set(shardOf(guild.id), discord.addChannel({ guild, name: 'umum' }));
  }
  const say = async (shard: number, name: string, subcommand: string, options: object = {}): Promise<string> => {
    const asked = { channel: channels.get(shard)!, user: ana, name, subcommand, options: options as never };
    return (await discord.slash({ ...asked, permissions: ['ManageGuild'] }).answered()).text;
  };
  /** Acts in the servers of some shards until so many have connected in all; each act must be answered. */
  const actUntil = async (identifies: number, shards: readonly number[]): Promise<void> => {
    const isDone = () => gateway.identifies === identifies && gateway.held.length === 4;
    while (!isDone()) for (const shard of shards) expect(await say(shard, 'forum', 'show')).toContain(`Forum ${shard}`);
  };
  const first = await aProcess(discord, url, '1');
  await discord.until(() => gateway.held.length === 4, 'four shards');
  for (const shard of channels.keys()) await say(shard, 'forum', 'setup', { name: `Forum ${shard}` });
  const [second] = await Promise.all([aProcess(discord, url, '2'), actUntil(6, [0, 1])]);
  await Promise.all([first.stop(), actUntil(8, [2, 3])]);
  for (const shard of channels.keys()) expect(await say(shard, 'forum', 'show')).toContain(`Forum ${shard}`);
  // A shard that had lost its connection would have resumed, or identified once more.
  expect([gateway.identifies, gateway.resumes, gateway.breaches, discord.failures]).toEqual([8, 0, [], []]);
  await second.stop();
  await discord.stop();
});
