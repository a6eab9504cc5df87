import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { until } from '../until.ts';
import { readableText } from '../wire/slack/reading.ts';
import { Slack } from '../wire/slack/slack.ts';
import { build, healthOf, start } from './processes.ts';

const SECRET = 'stand-in-signing-secret';

/**
 * Starts a balancer before several processes: each request goes to the next of them, no matter who got the one before.
 */
async function aBalancer() {
  const ports: number[] = [];
  const served: string[] = [];
  const server = createServer((from, back) => {
    const at = served.length % ports.length;
    served.push(`${at} ${from.url?.split('?')[0]}`);
    const { method, headers, url: path } = from;
    const on = request({ host: '127.0.0.1', port: ports[at], method, path, headers }, answer => {
      back.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(back);
    });
    on.on('error', () => back.destroy());
    from.pipe(on);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ports,
    served,
    close: () => void server.close(),
  };
}

it('over HTTP every request may land on another process: installing, forms, buttons, what comes twice, and leaving', async () => {
  build();
  const slack = await Slack.start();
  const balancer = await aBalancer();
  const url = await newPostgresUrl();
  const env = {
    DATABASE_URL: url,
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_CLIENT_ID: slack.oauth.clientId,
    SLACK_CLIENT_SECRET: slack.oauth.clientSecret,
    SLACK_STATE_SECRET: 'a secret of the whole installation',
    SLACK_API_URL: slack.api,
    PUBLIC_URL: balancer.url,
    PORT: '0',
    METRICS_ADDRESS: '',
    LOG_FORMAT: 'json',
  };
  const crew = [start(env), start(env)];
  // Until it is connected it serves how it is, and nothing of Slack's.
  for (const one of crew) await until(async () => one.port() && (await healthOf(one)).status === 200, 'a process');
  balancer.ports.push(...crew.map(one => one.port()!));
  slack.http(`${balancer.url}/slack/events`, SECRET);

  const ana = slack.addUser('Ana', { admin: true });
  const budi = slack.addUser('Budi');
  const news = slack.addChannel('kabar', { members: [ana, budi] });
  const channel = slack.addChannel('umum', { members: [ana, budi] });
  const say = (user: typeof ana, text: string) => slack.command({ channel, user, command: '/rembug', text });

  expect((await slack.install(`${balancer.url}/slack/install`, slack.team, ana)).status).toBe(200);
  expect(balancer.served).toEqual(['0 /slack/install', '1 /slack/oauth_redirect']);
  // Whoever keeps the way back for themselves, or makes one up, gets in through neither process.
  for (const _ of crew) {
    const forged = await slack.install(`${balancer.url}/slack/install`, slack.team, ana, 'forged');
    expect(forged.status).toBeGreaterThanOrEqual(400);
    // So that the next way back lands on the other.
    await fetch(`${balancer.url}/healthz`);
  }

  expect((await say(ana, 'forum setup "Forum Uji" announce:#kabar').answered()).text).toContain('Forum Uji');
  const before = balancer.served.length;
  const opened = await say(budi, 'kegiatan catat').answered();
  // The other process does not know the address of the command: it answers in the channel, or directly.
  const submitted = slack.submitView(opened.view!, { title: 'Gladi' }, budi);
  await submitted.until(one => one.text.includes('K-1'), 'the answer to the form');
  const [form, sent] = balancer.served.slice(before).map(one => one[0]);
  expect(form).not.toBe(sent);

  // What Slack takes for lost comes again, to the other process.
  const command = say(budi, 'kegiatan catat Rapat');
  expect((await command.answered()).text).toContain('K-2');
  await slack.redeliver(command);
  await slack.redeliver(command);
  expect((await say(budi, 'kegiatan daftar').answered()).text).not.toContain('K-3');

  await say(ana, 'strategi usul Sirene alasan:aman tutup:3d dasar:anggota kuorum:1 mendesak:uji').answered();
  const ballot = await slack.until(
    () => slack.messages(news).find(one => JSON.stringify(one.blocks).includes('1.sv.')),
    'the ballot',
  );
  for (const choice of ['Setuju', 'Abstain', 'Setuju']) await slack.click(ballot, choice, budi).answered();
  const cards = () => slack.messages(news).filter(one => /K-1|K-2/.test(readableText(one)));
  await slack.until(() => cards().length >= 2, 'both cards');

  slack.uninstall();
  const store = await openStore(url);
  const { places, activities, ballots, deliveries, facts } = store.tables;
  const left = async () => (await store.read.select().from(places))[0]!.leftAt;
  await until(left, 'the bot to have left');
  expect((await store.read.select().from(facts)).filter(one => one.name.startsWith('slack:'))).toEqual([]);
  expect((await store.read.select().from(activities)).map(one => one.title).sort()).toEqual(['Gladi', 'Rapat']);
  const inForce = (await store.read.select().from(ballots)).filter(one => one.inForce);
  expect(inForce.map(one => one.choice)).toEqual(['agree']);
  const posted = (await store.read.select().from(deliveries)).filter(one => one.topic === 'activity');
  expect(posted.filter(one => one.reason !== null)).toEqual([]);
  expect(cards()).toHaveLength(2);
  await store.close();

  expect(await Promise.all(crew.map(one => one.end()))).toEqual([0, 0]);
  expect(slack.failures).toEqual([]);
  balancer.close();
  await slack.stop();
});
