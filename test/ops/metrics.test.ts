import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createFigures } from '../../src/app/collect-metrics.ts';
import type { Counted } from '../../src/app/metrics.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { openStore } from '../../src/storage/open.ts';
import { holdClock } from '../hurry.ts';
import { startPostgres } from '../postgres.ts';
import { START } from '../world.ts';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads Prometheus text as strictly as its description says: HELP, TYPE, then the samples of that metric alone. */
function read(text: string): { types: Map<string, string>; samples: Sample[] } {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  expect(text.endsWith('\n')).toBe(true);
  let current = '';
  let helped = '';
  for (const line of text.split('\n').filter(Boolean)) {
    const help = /^# HELP ([a-zA-Z_:][\w:]*) (\S.*)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (help) helped = help[1]!;
    else if (type) {
      current = type[1]!;
      expect([helped, types.has(current)]).toEqual([current, false]);
      types.set(current, type[2]!);
    } else {
      const sample = /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)*)\})? (\S+)$/.exec(line);
      expect(sample, line).not.toBeNull();
      const [, name, labels = '', value] = sample!;
      expect(name!.replace(/_(bucket|sum|count)$/, types.get(current) === 'histogram' ? '' : '$&')).toBe(current);
      expect(Number.isFinite(Number(value)), line).toBe(true);
      const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\n"])*)"/g)].map(([, k, v]) => [k!, v!]);
      samples.push({ name: name!, labels: Object.fromEntries(pairs), value: Number(value) });
    }
  }
  return { types, samples };
}

const PRESENT = {
  outbox: { depth: 3, oldestSeconds: 61.5 },
  dueOldestSeconds: 0,
  connections: [{ pool: 'write', open: 4, idle: 2, waiting: 1 }],
  unwell: [{ platform: 'slack', of: 'channel', state: 'gone', n: 2 }],
  up: { discord: true, slack: false },
  actsWaiting: 7,
  eventLoopLagSeconds: 0.021,
  memory: { rss: 1, heapUsed: 1 },
} as const;

const act = (more: Partial<Counted>): Counted => ({
  platform: 'slack',
  command: 'issue raise',
  result: 'view',
  seconds: 0.02,
  ...more,
});

it('figures are valid Prometheus text: described, typed, counted by command and result, with cumulative buckets', async () => {
  const metrics = createMetrics();
  metrics.act(act({}));
  metrics.act(act({ seconds: 2 }));
  metrics.act(act({ result: 'limit', command: 'none' }));
  metrics.sent('discord', 'sent');
  metrics.notConnected('slack');
  metrics.databaseError('unreachable');
  const { types, samples } = read(await metrics.text(PRESENT));
  const value = (name: string, labels: Record<string, string> = {}) =>
    samples.find(one => one.name === name && Object.entries(labels).every(([k, v]) => one.labels[k] === v))?.value;
  expect(types.get('rembug_act_seconds')).toBe('histogram');
  expect(value('rembug_acts_total', { platform: 'slack', command: 'issue raise', result: 'view' })).toBe(2);
  expect(value('rembug_acts_total', { command: 'none', result: 'limit' })).toBe(1);
  const buckets = samples.filter(one => one.name === 'rembug_act_seconds_bucket' && one.labels.command === 'issue');
  expect(buckets.map(one => one.value)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 2, 2]);
  expect(value('rembug_act_seconds_count', { command: 'issue' })).toBe(2);
  expect(value('rembug_outbox_depth')).toBe(3);
  expect(value('rembug_outbox_oldest_seconds')).toBe(61.5);
  expect(value('rembug_up', { platform: 'slack' })).toBe(0);
  expect(value('rembug_database_up')).toBe(1);
  expect(value('rembug_database_connections', { pool: 'write', state: 'waiting' })).toBe(1);
  expect(value('rembug_sends_total', { platform: 'discord', result: 'sent' })).toBe(1);
  expect(value('rembug_event_loop_lag_p99_seconds')).toBe(0.021);
  expect(value('rembug_acts_waiting')).toBe(7);
});

it('while the database is away the rest is told all the same', async () => {
  const text = await createMetrics().text({ ...PRESENT, outbox: null, dueOldestSeconds: null });
  expect(read(text).samples.find(one => one.name === 'rembug_database_up')?.value).toBe(0);
});

it('whoever asks for figures while the database is away does not wait as long as an act would', async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const store = await openStore(server.url);
  onTestFinished(() => store.close());
  const figures = createFigures(store, () => START);
  onTestFinished(() => figures.stop());
  await server.pause();
  // An act waits for its deadline, which does not come while the clock is held.
  const clock = holdClock();
  const order: string[] = [];
  const asked = store.read
    .select()
    .from(store.tables.forums)
    .catch(() => order.push('an act'));
  for (let time = 0; time < 2; time++) {
    const { samples } = read(await figures.text({}));
    expect(samples.find(one => one.name === 'rembug_database_up')?.value).toBe(0);
    order.push('figures');
  }
  await clock.over(asked);
  expect(order).toEqual(['figures', 'figures', 'an act']);
});

it('every figure is described in the guide for operators', async () => {
  const guide = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8');
  const { types } = read(await createMetrics().text(PRESENT));
  expect([...types.keys()].filter(name => !guide.includes(`\`${name}`))).toEqual([]);
});
