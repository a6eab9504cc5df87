import { aSlackApp } from '../slack/app.ts';
import type { Channel, User } from '../wire/slack/model.ts';
import { readableText } from '../wire/slack/reading.ts';
import type { Slack } from '../wire/slack/slack.ts';
import { closeAll, started } from '../wire/slack/started.ts';
import type { Measured } from './measure.ts';

const VOTERS = 300;
const AT_ONCE = 20;

/** Measures the acknowledgements of many, some at once. @throws Error where one did not come in time */
async function acknowledged(times: number, atOnce: number, one: (n: number) => Promise<number>): Promise<Measured> {
  const took: number[] = [];
  const begin = process.hrtime.bigint();
  for (let n = 0; n < times; n += atOnce)
    took.push(...(await Promise.all(Array.from({ length: atOnce }, (_, i) => one(n + i)))));
  const whole = Number(process.hrtime.bigint() - begin) / 1e9;
  const late = took.filter(one => !Number.isFinite(one)).length;
  if (late) throw new Error(`${late} of ${times} were not acknowledged in the time that Slack waits`);
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  return { perSecond: times / whole, median: at(0.5), p99: at(0.95) };
}

const commanded = async (slack: Slack, channel: Channel, user: User, text: string): Promise<number> => {
  const exchange = slack.command({ channel, user, command: '/rembug', text });
  await exchange.acknowledged();
  // None within the time that Slack waits.
  return exchange.acknowledgedAfterMs ?? Number.POSITIVE_INFINITY;
};

/** A bare Bolt handler that acknowledges with "ok": one at a time, and twenty at once. The last figure is the p95. */
export async function bareBolt(over: 'socket' | 'http'): Promise<{ one: Measured; many: Measured }> {
  const { slack, ana, channel } = await started(over, app => app.command('/rembug', ({ ack }) => ack('ok')));
  const call = () => commanded(slack, channel, ana, 'tujuan daftar');
  await acknowledged(40, 20, call);
  const figures = { one: await acknowledged(100, 1, call), many: await acknowledged(400, AT_ONCE, call) };
  await closeAll();
  return figures;
}

export interface SlackFigures {
  readonly one: Measured;
  readonly many: Measured;
  /** 300 votes by button, 20 at once: acknowledgements, milliseconds until the message shows all, its edits, ballots. */
  readonly votes: {
    readonly acks: Measured;
    readonly shownMs: number;
    readonly edits: number;
    readonly stored: number;
  };
}

/** The whole bot on the real Bolt. */
export async function ourBolt(over: 'socket' | 'http'): Promise<SlackFigures> {
  const app = await aSlackApp(over);
  const { slack, store, ana, channel, news } = app;
  const people = Array.from({ length: VOTERS }, (_, n) => slack.addUser(`Warga${n}`));
  for (const one of people) {
    channel.members.add(one.id);
    news.members.add(one.id);
  }
  await app.setUp();
  const call = () => commanded(slack, channel, ana, 'tujuan daftar');
  await acknowledged(40, 20, call);
  const [one, many] = [await acknowledged(100, 1, call), await acknowledged(400, AT_ONCE, call)];
  for (let n = 0; n < VOTERS; n += AT_ONCE)
    await Promise.all(people.slice(n, n + AT_ONCE).map(person => app.say(person, 'saya lihat')));
  await app.say(ana, 'strategi usul Sirene alasan:x tutup:3d dasar:anggota kuorum:1 mendesak:uji');
  while (!slack.messages(news).length) await new Promise(setImmediate);
  const ballot = slack.messages(news)[0]!;
  const before = slack.calls.filter(one => one.method === 'chat.update').length;
  const since = performance.now();
  const acks = await acknowledged(VOTERS, AT_ONCE, async n => {
    const exchange = slack.click(ballot, 'Setuju', people[n]!);
    await exchange.acknowledged();
    return exchange.acknowledgedAfterMs ?? Number.POSITIVE_INFINITY;
  });
  while (!readableText(ballot).includes(`setuju ${VOTERS} `)) await new Promise(done => setTimeout(done, 5));
  const shownMs = performance.now() - since;
  const edits = slack.calls.filter(one => one.method === 'chat.update').length - before;
  const { ballots } = store.tables;
  const stored = (await store.read.select().from(ballots)).filter(one => one.inForce).length;
  await app[Symbol.asyncDispose]();
  return { one, many, votes: { acks, shownMs, edits, stored } };
}
