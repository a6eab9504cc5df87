import { PNG } from 'pngjs';
import { expect, it, onTestFinished } from 'vitest';
import { createPainter } from '../../src/charts/pool.ts';
import { createLog } from '../../src/contract/log.ts';
import { Unpainted } from '../../src/contract/painter.ts';
import { CHARTS } from './charts.ts';
import { PATIENT_MS } from './patient.ts';

type Options = Parameters<typeof createPainter>[1];

function aPainter(options?: Options) {
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  const painter = createPainter(log, { patienceMs: PATIENT_MS, ...options });
  onTestFinished(() => painter.close());
  return { painter, logged };
}

it('each kind is painted in a thread: equal charts give equal bytes, whoever paints them', async () => {
  const { painter } = aPainter();
  const other = aPainter().painter;
  for (const chart of Object.values(CHARTS)) {
    const [one, again, another] = await Promise.all([painter.png(chart), painter.png(chart), other.png(chart)]);
    expect(again).toBe(one);
    expect(Buffer.compare(one, another)).toBe(0);
    expect(PNG.sync.read(Buffer.from(one)).width).toBe(800);
    expect(await painter.svg(chart, 'dark')).toBe(await other.svg(chart, 'dark'));
    expect(await painter.svg(chart, 'dark')).not.toBe(await painter.svg(chart, 'light'));
  }
});

it('what is painted is remembered as long as there is room', async () => {
  const { painter } = aPainter({ remembered: 40_000 });
  const first = await painter.png(CHARTS.rows);
  expect(await painter.png(CHARTS.rows)).toBe(first);
  await painter.png(CHARTS.bars);
  const anew = await painter.png(CHARTS.rows);
  expect([anew === first, Buffer.compare(anew, first)]).toEqual([false, 0]);
});

it('refuses what is too much at once, and what is asked for after its end', async () => {
  const { painter } = aPainter({ waiting: 1 });
  const titled = (title: string) => painter.png({ ...CHARTS.rows, title });
  const asked = await Promise.allSettled([titled('a'), titled('b'), titled('c')]);
  expect(asked.map(one => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  const waiting = titled('d');
  await Promise.all([painter.close(), expect(waiting).rejects.toThrow(Unpainted)]);
  await expect(titled('e')).rejects.toThrow(Unpainted);
});

it('pages may take so many places and no more; what is for chat has room, and is painted before them', async () => {
  const { painter } = aPainter({ waiting: 5, pages: 2 });
  const ended: string[] = [];
  const asked = (as: 'svg' | 'png', title: string): Promise<unknown> => {
    const chart = { ...CHARTS.rows, title };
    return (as === 'png' ? painter.png(chart) : painter.svg(chart, 'light')).then(() => ended.push(title));
  };
  const pages = ['at once', 'page 1', 'page 2', 'page 3', 'page 4'].map(title => asked('svg', title));
  const chat = ['chat 1', 'chat 2', 'chat 3', 'chat 4'].map(title => asked('png', title));
  const all = await Promise.allSettled([...pages, ...chat]);
  expect(ended).toEqual(['at once', 'chat 1', 'chat 2', 'chat 3', 'page 1', 'page 2']);
  const refused = all.flatMap((one, i) => (one.status === 'rejected' ? [i] : []));
  expect(refused).toEqual([3, 4, 8]);
});

it('a chart that cannot be painted is refused and said so; the next one is painted', async () => {
  const { painter, logged } = aPainter();
  await expect(painter.png({ ...CHARTS.rows, labels: null } as never)).rejects.toThrow(Unpainted);
  expect(logged.join()).toContain('could not be painted');
  expect(await painter.png(CHARTS.rows)).toBeInstanceOf(Uint8Array);
});

it('what takes too long is given up, whether it waits or is being painted, and so is its thread', async () => {
  const entry = new URL(`data:text/javascript,${encodeURIComponent('setInterval(() => {}, 1_000)')}`);
  const { painter, logged } = aPainter({ entry, patienceMs: 50 });
  const asked = await Promise.allSettled([painter.png(CHARTS.rows), painter.png(CHARTS.bars)]);
  expect(asked.map(one => one.status)).toEqual(['rejected', 'rejected']);
  expect(logged.join()).toContain('took too long');
});

it('a thread that dies refuses what it was at, and another takes its place', async () => {
  const entry = new URL(`data:text/javascript,${encodeURIComponent('process.exit(1)')}`);
  const { painter } = aPainter({ entry });
  await expect(painter.png(CHARTS.rows)).rejects.toThrow(Unpainted);
  await expect(painter.png(CHARTS.bars)).rejects.toThrow(Unpainted);
});
