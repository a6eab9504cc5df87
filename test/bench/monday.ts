import { statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createAppBot, handlers } from '../../src/app/app.ts';
import type { Act, Adapter } from '../../src/contract/act.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { inBackground } from '../../src/runtime/event-loop.ts';
import { runDue } from '../../src/schedule/run.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { UNLIMITED } from '../unlimited.ts';
import { countedIds } from '../world.ts';
import { newFile } from './forum.ts';
import { aMachine } from './machine.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';
import { watchTurns } from './turns.ts';

const INDICATORS = 100;
const PARTNERS = 20;
const MONTHS = ['2026-08', '2026-09', '2026-10'];
/** Monday at eight in Jakarta, and the moment before. */
const MONDAY = new Date('2026-11-30T01:00:00Z');
const BEFORE = new Date(MONDAY.getTime() - 60_000);
const AGREED = new Date('2026-01-01T00:00:00Z');
/** Time that a platform takes for a message, ms. */
const SEND_MS = 50;
const ACTS_A_SECOND = 10;
const MAXIMUM_TURN_MS = 50;
const MAXIMUM_ANSWER_MS = 3_000;

const log = { debug() {}, info() {}, warn() {}, error: console.error };
const workspaceOf = (n: number): string => `w${n}`;

/** Fills a forum of the terminal straight into the tables, its digest planned for Monday. */
async function fillForum(store: Store, n: number): Promise<void> {
  const forumId = `forum${n}`;
  const numbers = (of: number): number[] => Array.from({ length: of }, (_, i) => i + 1);
  await store.write(null, async tx => {
    const t = tx.tables;
    const settings = { emptyDigest: true };
    const member = { forumId, number: 1, name: 'Sari', folded: 'sari', coordinator: true, createdAt: AGREED };
    const indicator = {
      unit: 'orang',
      direction: 'up' as const,
      baseline: '0',
      baselineDate: '2026-01-01',
      target: '1000',
      due: '2026-12-31',
      frequency: 'monthly' as const,
      valueKind: 'flow' as const,
      aggregate: 'sum' as const,
      partnersAggregate: 'sum' as const,
      dueDays: 10,
      lockDays: 30,
      green: 90,
      amber: 70,
      version: 1,
      createdBy: 1,
      createdAt: AGREED,
    };
    await tx
      .insert(t.forums)
      .values({ id: forumId, name: `Forum ${n}`, locale: 'id', zone: 'Asia/Jakarta', settings, createdAt: AGREED });
    const place = { platform: 'console', workspace: workspaceOf(n) } as const;
    await tx.insert(t.places).values({ ...place, forumId, name: workspaceOf(n), joinedAt: AGREED });
    await tx.insert(t.channels).values({ ...place, forumId, purpose: 'coordinators', channel: 'koor', name: 'koor' });
    await tx.insert(t.members).values(member);
    const account = { forumId, platform: 'console', home: '', account: 'sari', member: 1, name: 'Sari' } as const;
    await tx.insert(t.accounts).values({ ...account, workspace: workspaceOf(n), lastSeenAt: BEFORE });
    await tx.insert(t.partners).values(
      numbers(PARTNERS).map(number => ({
        forumId,
        number,
        name: `M${number}`,
        folded: `m${number}`,
        createdAt: AGREED,
      })),
    );
    await tx.insert(t.indicators).values(
      numbers(INDICATORS).map(number => ({
        ...indicator,
        forumId,
        number,
        name: `Ukuran ${number}`,
        folded: `ukuran ${number}`,
      })),
    );
    await tx
      .insert(t.indicatorPartners)
      .values(numbers(INDICATORS).map(number => ({ forumId, indicator: number, partner: 1 + (number % PARTNERS) })));
    const report = { forumId, kind: 'value', state: 'submitted', reportedBy: 1, onTime: true, inForce: true } as const;
    for (const period of MONTHS)
      await tx.insert(t.reports).values(
        numbers(INDICATORS)
          .filter(number => (number + n) % 10)
          .map(number => ({
            ...report,
            ...{ indicator: number, period, partner: 1 + (number % PARTNERS), value: String(number) },
            reportedAt: new Date(MONDAY.getTime() - 3 * 86_400_000),
          })),
      );
    const due = { forumId, state: 'pending', due: MONDAY } as const;
    await tx
      .insert(t.occurrences)
      .values({ ...due, key: `digest:${MONDAY.toISOString()}`, kind: 'digest', subject: MONDAY.toISOString() });
  });
}

/**
 * The digests of many forums fall due at one instant, while people act. Throws where a turn of the event loop or an act
 * takes too long, or a digest is not sent.
 */
export async function monday(forums: number): Promise<void> {
  const file = newFile();
  const store = await openStore(`file:${file}`);
  for (let n = 1; n <= forums; n++) await fillForum(store, n);
  let now = BEFORE;
  const clock = { now: () => now };
  const ids = countedIds();
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const bot = createAppBot(services, clock, ids, { fairUse: UNLIMITED });
  let sent = 0;
  const adapter: Pick<Adapter, 'platform' | 'send'> = {
    platform: 'console',
    async send({ nonce }) {
      await pause(SEND_MS);
      sent++;
      return { kind: 'sent', ref: nonce };
    },
  };
  const sender = createSender({ store, clock, log, subjects: postTypes, adapters: [adapter] });
  const act = (n: number): Act => ({
    key: ids.next(),
    place: { platform: 'console', workspace: workspaceOf(1 + (n % forums)), channel: null },
    who: { account: 'sari', home: '', name: 'Sari', admin: true },
    ask: { kind: 'typed', line: `/activity log "Gladi ${n}" participants:5` },
    memberOf: () => null,
    channelOf: () => null,
  });
  const took: number[] = [];
  const perform = async (n: number): Promise<void> => {
    const since = performance.now();
    const answer = await bot.perform(act(n));
    if (answer.kind !== 'view') throw new Error(JSON.stringify(answer));
    took.push(performance.now() - since);
  };
  for (let n = 0; n < 20; n++) await perform(n);
  took.length = 0;
  const machine = await aMachine();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const turns = watchTurns();
  now = MONDAY;
  turns.told();
  delay.enable();
  const begun = performance.now();
  const running: Promise<void>[] = [];
  const people = setInterval(() => running.push(perform(running.length)), 1_000 / ACTS_A_SECOND);
  // Sends and does what falls due side by side and behind people, as the running bot does.
  const work = inBackground(async () => {
    for (let done = await runDue({ store, clock, ids, log, handlers }), n = -1; done + n !== 0; ) {
      n = await sender.deliver();
      done = await runDue({ store, clock, ids, log, handlers });
    }
  });
  await work;
  const all = performance.now() - begun;
  clearInterval(people);
  await Promise.all(running);
  delay.disable();
  const { turn } = turns.told();
  turns.stop();
  const held = await machine.longest();
  machine.stop();
  took.sort((a, b) => a - b);
  const [longest, worst] = [delay.max / 1e6, took.at(-1) ?? 0];
  const { deliveries } = store.tables;
  const waiting = (await store.read.select({ state: deliveries.state }).from(deliveries)).filter(
    one => one.state === 'pending',
  );
  section(
    'Monday at eight',
    '| what | figure | bound |',
    `Written by \`npm run bench -- monday --forums ${forums}\`: the digests of ${forums} forums with ${INDICATORS} indicators each fall due at one`,
    `instant on SQLite (${(statSync(file).size / 2 ** 20).toFixed(0)} MB), while people log ${ACTS_A_SECOND} activities a second; a platform takes ${SEND_MS} ms for a message.`,
  );
  row('the most processor time of a turn of the event loop', ms(turn), `${MAXIMUM_TURN_MS} ms`);
  row('the longest turn, whatever else the machine did', ms(longest), '');
  row('the longest that the machine held up a process that wants nothing', ms(held), '');
  row('turns, 99th percentile', ms(delay.percentile(99) / 1e6), '');
  row(`an act, median of ${took.length}`, ms(took[Math.floor(took.length / 2)] ?? 0), '');
  row('an act, the slowest', ms(worst), `${MAXIMUM_ANSWER_MS} ms`);
  row('digests sent', String(sent), String(forums));
  row('until all were sent', ms(all), '');
  await store.close();
  const wrong = [
    turn > MAXIMUM_TURN_MS && `a turn of ${ms(turn)}`,
    worst > MAXIMUM_ANSWER_MS && `an act of ${ms(worst)}`,
    sent < forums && `${sent} of ${forums} digests were sent`,
    waiting.length > 0 && `${waiting.length} messages wait`,
  ].filter(Boolean);
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`too long: ${one}`);
}
