import type { Store } from '../../src/storage/store.ts';
import { UNLIMITED } from '../unlimited.ts';
import { bothPlatforms } from './apps.ts';

/** One bot on both platforms, as `bothPlatforms` starts it, with one forum that is in both. */
export async function onBothWires(store: Store, { fileLimitMib = 10, announce = '' } = {}) {
  const publicUrl = 'https://forum.example';
  const app = await bothPlatforms({ store, fairUse: UNLIMITED, defaults: { fileLimitMib, publicUrl } });
  const { discord, slack } = app;
  const ana = discord.addUser('Ana');
  const guild = discord.addGuild({ name: 'Forum', members: [ana] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const sari = slack.addUser('Sari', { admin: true });
  const office = slack.addChannel('kantor', { members: [sari] });
  const slash = (name: string, subcommand: string, options: Record<string, unknown> = {}) =>
    discord
      .slash({ channel, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
      .answered();
  const say = (text: string) => slack.command({ channel: office, user: sari, command: '/rembug', text }).answered();
  await slash('forum', 'setup', { name: 'Forum Kota' });
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await slash('forum', 'invite')).text)![0];
  await say(`forum gabung ${code} ${announce}`.trim());
  await discord.until(() => discord.directMessages(ana).length === 1, 'the request to join');
  await discord.click(discord.directMessages(ana)[0]!, 'Terima', ana).answered();
  return Object.assign(app, {
    ana,
    sari,
    guild,
    channel,
    office,
    slash,
    say,
    /** The page of the port of HTTP. */
    fetch: (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${app.port}${path}`, init),
  });
}
