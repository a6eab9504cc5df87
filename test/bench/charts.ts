import { picturesOf } from '../../src/adapter-kit/pictures.ts';
import { drawn } from '../../src/charts/draw.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { rastered } from '../../src/charts/raster.ts';
import type { Act } from '../../src/contract/act.ts';
import type { Chart } from '../../src/contract/chart.ts';
import type { Exchange } from '../wire/discord/exchange.ts';
import { picturesIn } from '../wire/discord/pictures.ts';
import { type Bench, started } from './discord.ts';
import { aForum, fillActivities } from './forum.ts';
import { type Measured, measure, ms, ratio } from './measure.ts';
import { row, section, shown } from './page.ts';

const LARGE = 100_000;
/** Number of charts that are painted while others wait for an answer. */
const CHARTS = 20;
const ROUNDS = 5;
const IDLE = 60;
/** An answer may take so much longer while charts are painted. */
const MOST = 2;

const log = { debug() {}, info() {}, warn: console.error, error: console.error };

const act = (line: string, key: string): Act => ({
  key,
  place: { platform: 'console', workspace: 'local', channel: null },
  who: { account: 'sari', home: '', name: 'sari', admin: true },
  ask: { kind: 'typed', line },
  memberOf: () => null,
  channelOf: () => null,
});

/** Measures the chart of an indicator: painted anew, remembered, and with its card, in small and large forums. */
export async function charts(): Promise<void> {
  section('Charts', '| what | rate | median | p99 | of the bare libraries |');
  const forum = await aForum();
  await forum.run('/partner add A');
  await forum.run(
    '/indicator add Akses unit:orang baseline:1850 target:3000 due:31/12/2026 partner:A frequency:monthly',
  );
  for (const [i, period] of ['jun', 'jul', 'agu', 'sep', 'okt'].entries())
    await forum.run(`/indicator report N-1 partner:A value:${1900 + i * 150} period:"${period} 2026"`);
  const look = async (key: string) => {
    const answer = await forum.bot.perform(act('/indicator show N-1', key));
    if (answer.kind !== 'view') throw new Error('no card');
    return answer.view;
  };
  const [chart] = (await look('first')).blocks.flatMap(block => (block.kind === 'picture' ? [block.chart] : []));
  const anew = (n: number): Chart => ({ ...chart!, title: `Indikator ${n}` });
  const bare = await measure(60, i => rastered(drawn(anew(i), 'light')));
  row('drawn and rastered by the bare libraries', ...shown(bare), '1×');
  const since = process.hrtime.bigint();
  const painter = createPainter(log);
  await painter.png(anew(-1));
  const first = Number(process.hrtime.bigint() - since) / 1e6;
  row('the first one, with the start of the thread', '', ms(first), '', ratio(first, bare.median));
  const line = (what: string, m: Measured): void => row(what, ...shown(m), ratio(m.median, bare.median));
  line('painted anew, in the thread', await measure(60, i => painter.png(anew(1_000 + i))));
  line('remembered', await measure(2_000, () => painter.png(anew(1_000))));
  const forgetful = createPainter(log, { remembered: 0 });
  let filled = 0;
  for (const size of [100, LARGE]) {
    await fillActivities(forum.store, forum.forumId, filled + 1, size);
    filled = size;
    for (const [how, with_] of [
      ['painted anew', forgetful],
      ['remembered', painter],
    ] as const) {
      const whole = await measure(60, async i => picturesOf(await look(`${size}:${how}:${i}`), with_));
      line(`\`/indicator show\` with its chart ${how}, ${size.toLocaleString('en')} activities`, whole);
    }
  }
  await forgetful.close();
  await painter.close();
  await forum.store.close();
}

/** Acknowledgements on Discord while nothing else is done, and while twenty charts are painted. */
export async function chartsBeside(): Promise<void> {
  section('Acknowledged while charts are painted', '| what | rate | median | p99 | of idle |');
  const bench = await started('forgetful');
  try {
    await besideIn(bench);
  } finally {
    await bench.stop();
  }
}

async function besideIn(bench: Bench): Promise<void> {
  const { discord, channel, people } = bench;
  await typed(bench, 'forum', 'setup', { name: 'Bench', announce: channel });
  for (const user of people) await typed(bench, 'me', 'show', {}, user);
  const illustrated = (asked: Exchange) =>
    asked.until(seen => seen.original !== null && picturesIn(seen.original).length === 1, 'the chart');
  for (let n = 1; n <= CHARTS; n++) {
    const agreed = { name: `Indikator ${n}`, frequency: 'monthly', baseline: '10', target: '90' };
    await typed(bench, 'indicator', 'add', agreed);
    const report = { indicator: `N-${n}`, value: String(10 + n), period: 'lalu' };
    await illustrated(await typed(bench, 'indicator', 'report', report));
  }
  const acknowledged = async (n: number): Promise<number> => {
    const user = people[n % people.length]!;
    const asked = discord.slash({ channel, user, name: 'goal', subcommand: 'list', options: {} });
    return (await asked.answered()).acknowledgedAfterMs!;
  };
  for (let n = 0; n < IDLE; n++) await acknowledged(n);
  const idle: number[] = [];
  const busy: number[] = [];
  // By turns, so that whatever else the machine does meanwhile weighs on both.
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < IDLE; n++) idle.push(await acknowledged(n));
    // The acts themselves are done; what is left of them is to be painted and uploaded.
    const shows = await Promise.all(
      Array.from({ length: CHARTS }, (_, i) => typed(bench, 'indicator', 'show', { indicator: `N-${i + 1}` })),
    );
    let painting = true;
    const all = Promise.allSettled(shows.map(illustrated)).finally(() => {
      painting = false;
    });
    for (let n = 0; painting; n++) busy.push(await acknowledged(n));
    const missed = (await all).filter(one => one.status === 'rejected').length;
    if (missed) throw new Error(`${missed} charts did not come`);
  }
  const [quiet, beside] = [measuredOf(idle), measuredOf(busy)];
  row('nothing else is done', ...shown(quiet), '1×');
  const times = `${ratio(beside.median, quiet.median)} (p99 ${ratio(beside.p99, quiet.p99)})`;
  row(`${CHARTS} charts are painted, ${ROUNDS} times`, ...shown(beside), times);
  row(`p99 within ${MOST}× of idle`, '', '', '', beside.p99 <= MOST * quiet.p99 ? 'yes' : 'no');
}

const typed = ({ discord, channel, ana }: Bench, name: string, subcommand: string, options: object, user = ana) =>
  discord
    .slash({ channel, user, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
    .answered();

/** Sums up single times, one after another. */
function measuredOf(took: number[]): Measured {
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.floor(took.length * share)]!;
  return { perSecond: (took.length / took.reduce((sum, ms) => sum + ms, 0)) * 1_000, median: at(0.5), p99: at(0.99) };
}
