import { Discord } from '../wire/discord/discord.ts';
import type { Channel as DiscordChannel, User as DiscordUser } from '../wire/discord/model.ts';
import type { Channel, User } from '../wire/slack/model.ts';
import { Slack } from '../wire/slack/slack.ts';

const PEOPLE = 30;
const EVERY_MS = 4 * 60_000;
/** An act that is not answered within this time, milliseconds, is told of, and waited for no longer. */
const ANSWERED_WITHIN_MS = 30_000;

/** A Discord and a Slack on the loopback, with a forum's people on each. */
export async function startWire() {
  const limits = { answerWithinMs: 3_000, limitMs: ANSWERED_WITHIN_MS };
  const [discord, slack] = [await Discord.start(limits), await Slack.start(limits)];
  const gamers = Array.from({ length: PEOPLE }, (_, n) => discord.addUser(`Warga${n}`));
  const guild = discord.addGuild({ name: 'Forum', members: gamers });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const news = discord.addChannel({ guild, name: 'kabar' });
  const workers = Array.from({ length: PEOPLE }, (_, n) => slack.addUser(`Kerja${n}`, { admin: n === 0 }));
  const common = slack.addChannel('umum', { members: workers });
  const board = slack.addChannel('kabar', { members: workers });
  return {
    discord,
    slack,
    drives: [onDiscord(discord, { channel, news, people: gamers }), onSlack(slack, { common, board, people: workers })],
    async stop() {
      await Promise.all([discord.stop(), slack.stop()]);
    },
  };
}

/** Describes how a platform is driven: set up once, then an act at a time. */
export interface Drive {
  setUp(): Promise<void>;
  next(n: number): Promise<unknown>;
}

function onDiscord(
  discord: Discord,
  { channel, news, people }: { channel: DiscordChannel; news: DiscordChannel; people: DiscordUser[] },
): Drive {
  let ballot: ReturnType<Discord['messages']>[number] | undefined;
  let votedAt = 0;
  const slash = (user: DiscordUser, name: string, subcommand: string, options: Record<string, unknown> = {}) =>
    discord
      .slash({ channel, user, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
      .answered();
  const propose = async (): Promise<void> => {
    votedAt = Date.now();
    const options = { title: 'Sirene', rationale: 'aman', closes: '5m', basis: 'member', quorum: '1', urgent: 'uji' };
    await slash(people[0]!, 'strategy', 'propose', options);
    const isNew = () => discord.messages(news).findLast(one => JSON.stringify(one.components).includes('1.sv.'));
    ballot = await discord.until(() => (isNew() !== ballot ? isNew() : null), 'the ballot');
  };
  return {
    async setUp() {
      await discord.until(() => discord.gateway.held.length > 0, 'the shard');
      await slash(people[0]!, 'forum', 'setup', { name: 'Forum Discord', announce: news });
      for (const one of people) await slash(one, 'me', 'show');
      await propose();
    },
    async next(n) {
      const user = people[n % PEOPLE]!;
      if (Date.now() - votedAt > EVERY_MS) return await propose();
      switch (n % 6) {
        case 0:
          return await discord.click(ballot!, n % 4 ? 'Setuju' : 'Abstain', user).answered();
        case 1: {
          const { modal } = await slash(user, 'activity', 'log');
          return await discord.submitModal(modal!, { title: `Gladi ${n}` }, user).answered();
        }
        case 2:
          return await slash(user, 'activity', 'list');
        case 3: {
          const call = { channel, user, name: 'activity', subcommand: 'show', focused: 'activity' };
          return await discord.autocomplete({ ...call, options: { activity: 'gladi' } }).answered();
        }
        case 4:
          return await slash(user, 'issue', 'list');
        default:
          return await discord.click(ballot!, 'Setuju', user).answered();
      }
    },
  };
}

function onSlack(slack: Slack, { common, board, people }: { common: Channel; board: Channel; people: User[] }): Drive {
  let ballot: ReturnType<Slack['messages']>[number] | undefined;
  let votedAt = 0;
  const say = (user: User, text: string) =>
    slack.command({ channel: common, user, command: '/rembug', text }).answered();
  const propose = async (): Promise<void> => {
    votedAt = Date.now();
    await say(people[0]!, 'strategi usul Sirene alasan:aman tutup:5m dasar:anggota kuorum:1 mendesak:uji');
    const isNew = () => slack.messages(board).findLast(one => JSON.stringify(one.blocks).includes('1.sv.'));
    ballot = await slack.until(() => (isNew() !== ballot ? isNew() : null), 'the ballot');
  };
  return {
    async setUp() {
      await slack.until(() => slack.socket.connections > 0, 'the socket');
      await say(people[0]!, 'forum setup "Forum Slack" announce:#kabar');
      for (const one of people) await say(one, 'saya lihat');
      await propose();
    },
    async next(n) {
      const user = people[n % PEOPLE]!;
      if (Date.now() - votedAt > EVERY_MS) return await propose();
      switch (n % 6) {
        case 0:
          return await slack.click(ballot!, n % 4 ? 'Setuju' : 'Abstain', user).answered();
        case 1: {
          const { view } = await say(user, 'kegiatan catat');
          return await slack.submitView(view, { 'Nama kegiatan': `Gladi ${n}` }, user).answered();
        }
        case 2:
          return await say(user, 'kegiatan daftar');
        case 3:
          return await say(user, 'kegiatan cari gladi');
        case 4:
          return await say(user, 'isu daftar');
        default:
          return await slack.click(ballot!, 'Setuju', user).answered();
      }
    },
  };
}
