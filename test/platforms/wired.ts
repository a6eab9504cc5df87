import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { single } from '../../src/cluster/single.ts';
import { createLog } from '../../src/contract/log.ts';
import type { Store } from '../../src/storage/store.ts';
import { PATIENT, patientPainter } from '../charts/patient.ts';
import { UNLIMITED } from '../unlimited.ts';
import { Discord } from '../wire/discord/discord.ts';
import { Slack } from '../wire/slack/slack.ts';
import { handed } from '../world.ts';

/** One bot on both platforms, each as it is on the wire: real discord.js, real Bolt, strict stand-ins. One forum is in both. */
export async function onBothWires(store: Store, { fileLimitMib = 10, announce = '' } = {}) {
  const given = handed();
  const discord = await Discord.start({ now: () => given.clock.now().getTime() });
  const slack = await Slack.start();
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  const registry = registryOf();
  const kept = new Map<string, string>();
  const keep = {
    load: async (name = 'hash') => kept.get(name) ?? null,
    save: async (name: string, value = name) => void kept.set(name, value),
    remove: async (name: string) => void kept.delete(name),
  };
  const painter = patientPainter(log);
  const shared = { registry, log, painter, patience: PATIENT };
  const onDiscord = new DiscordAdapter({
    ...shared,
    token: discord.token,
    guildId: undefined,
    apiUrl: discord.api,
    registered: keep,
    sharing: single(),
  });
  const onSlack = new SlackAdapter({
    ...shared,
    botToken: slack.team.token,
    appToken: slack.appToken,
    signingSecret: undefined,
    oauth: null,
    publicUrl: undefined,
    apiUrl: slack.api,
    vault: keep,
  });
  const ana = discord.addUser('Ana');
  const guild = discord.addGuild({ name: 'Forum', members: [ana] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const sari = slack.addUser('Sari', { admin: true });
  const office = slack.addChannel('kantor', { members: [sari] });
  const app = await startApp(
    { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta', fileLimitMib, publicUrl: 'https://forum.example' } },
    readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
    [{ adapter: onDiscord }, { adapter: onSlack, routes: onSlack.routes }],
    { ...given, painter, fairUse: UNLIMITED },
  );
  await discord.connected();
  await slack.connected();
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
  return {
    clock: given.clock,
    discord,
    slack,
    logged,
    ana,
    sari,
    guild,
    channel,
    office,
    store,
    slash,
    say,
    /** The page of the port of HTTP. */
    fetch: (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${app.port}${path}`, init),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await slack.stop();
      await discord.stop();
    },
  };
}
