import { Client, Events, GatewayIntentBits } from 'discord.js';
import { lacking } from './permissions.ts';

/** Checks Discord: whether the token is taken, and what the bot is not allowed in which channel. Never throws. */
export async function examineDiscord(
  { token, apiUrl }: { readonly token: string; readonly apiUrl: string },
  channels: readonly { readonly channel: string; readonly name: string }[],
): Promise<{ ok: boolean; detail: string }> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
  try {
    const ready = new Promise<void>(done => client.once(Events.ClientReady, () => done()));
    await client.login(token);
    await ready;
    const faults: string[] = [];
    for (const { channel, name } of channels) {
      const lacks = await lacking(client, channel);
      if (lacks.length) faults.push(`#${name}: ${lacks.join(', ')}`);
    }
    const detail = `${client.user?.username} in ${client.guilds.cache.size} servers`;
    return faults.length ? { ok: false, detail: `not allowed in ${faults.join('; ')}` } : { ok: true, detail };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'cannot be reached' };
  } finally {
    await client.destroy();
  }
}
