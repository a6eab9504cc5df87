import { Client, Events, GatewayIntentBits, Routes } from 'discord.js';
import { lacking } from './permissions.ts';

/** Maximum number of servers whose own commands are looked at: a call each. */
const MAXIMUM_LOOKED_AT = 25;

/** Names the servers in which commands stand twice: registered for that server alone, and for all. */
async function doubledIn(client: Client<true>): Promise<string[]> {
  const { id } = client.application;
  // A server that does not let us look has no commands of its own that we could have put there.
  const namesAt = async (route: `/${string}`): Promise<string[]> => {
    const found = (await client.rest.get(route).catch(() => [])) as readonly { readonly name: string }[];
    return found.map(one => one.name);
  };
  const everywhere = new Set(await namesAt(Routes.applicationCommands(id)));
  const doubled: string[] = [];
  if (everywhere.size)
    for (const guild of [...client.guilds.cache.values()].slice(0, MAXIMUM_LOOKED_AT))
      if ((await namesAt(Routes.applicationGuildCommands(id, guild.id))).some(name => everywhere.has(name)))
        doubled.push(guild.name);
  return doubled;
}

/**
 * Checks Discord: whether the token is taken, what the bot is not allowed in which channel, and whether commands stand
 * twice. Never throws.
 */
export async function examineDiscord(
  { token, apiUrl }: { readonly token: string; readonly apiUrl: string },
  channels: readonly { readonly channel: string; readonly name: string }[],
): Promise<{ ok: boolean; detail: string }> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
  try {
    const ready = new Promise<Client<true>>(done => client.once(Events.ClientReady, done));
    await client.login(token);
    const there = await ready;
    const faults: string[] = [];
    for (const { channel, name } of channels) {
      const lacks = await lacking(client, channel);
      if (lacks.length) faults.push(`#${name}: ${lacks.join(', ')}`);
    }
    const doubled = await doubledIn(there);
    if (doubled.length && !faults.length)
      return {
        ok: false,
        detail: `commands stand twice in ${doubled.join(', ')}: start once with DISCORD_GUILD_ID set to it, then without`,
      };
    const detail = `${client.user?.username} in ${client.guilds.cache.size} servers`;
    return faults.length ? { ok: false, detail: `not allowed in ${faults.join('; ')}` } : { ok: true, detail };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'cannot be reached' };
  } finally {
    await client.destroy();
  }
}
