import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { Discord, type DiscordOptions } from './discord/discord.ts';

const closers: (() => Promise<void>)[] = [];

/** Remembers something to be closed after the test. */
export function opened(close: () => Promise<void>): void {
  closers.push(close);
}

/** Closes what the test has opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** A Discord with one server, one channel and one person, and the real client logged in to it. */
export async function loggedIn(options: DiscordOptions = {}, client: Partial<ClientOptions> = {}) {
  const discord = await Discord.start(options);
  opened(() => discord.stop());
  const ana = discord.addUser('Ana', 'id');
  const guild = discord.addGuild({ name: 'Forum', members: [ana] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const bot = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.api },
    enforceNonce: true,
    ...client,
  });
  opened(() => bot.destroy());
  await new Promise<void>((done, fail) => {
    bot.once(Events.ClientReady, () => done());
    bot.login(discord.token).catch(fail);
  });
  return { discord, client: bot, guild, channel, ana };
}
