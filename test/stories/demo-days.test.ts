import { describe, expect, it } from 'vitest';
import { fillDemo, SECOND } from '../../src/cli/demo.ts';
import { inEnglish } from '../../src/cli/demo-english.ts';
import { demoBandung, demoYogyakarta, storyUntil } from '../../src/cli/demo-script.ts';
import { createLog } from '../../src/contract/log.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const log = createLog(
  { level: 'error', format: 'json' },
  () => new Date(0),
  () => {},
);
const DAY_MS = 86_400_000;

/** Each day of four years, at an hour that moves on from day to day. */
const DAYS = Array.from(
  { length: 1461 },
  (_, n) => new Date(Date.parse('2026-01-01T00:10:00Z') + n * (DAY_MS + 3_600_000)),
);

/** Each takes some seconds of the processor; on a busy machine that is minutes. */
const BUSY_MS = 900_000;

describe('the demo on days that failed', () => {
  // A quarter's end long locked, its first days, its reporting day, and the days on which a year turns or leaps.
  const kinds = [
    ['id', '2026-12-22T01:00:00Z'],
    ['en', '2026-12-31T16:40:00Z'],
    ['en', '2028-02-29T05:00:00Z'],
    ['id', '2027-04-24T23:30:00Z'],
  ] as const;
  it.each(kinds)(
    'is filled in %s on %s',
    async (locale, at) => {
      const store = await databases[0]!.open();
      const now = new Date(at);
      expect(await fillDemo({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, now, locale)).toBe(true);
      const first = await aWorld({ store, start: now });
      const { text } = await first.run('/indicator list');
      // Reports of every verdict, whatever the day.
      for (const sign of ['●', '▲', '■', '★']) expect(text).toContain(sign);
      expect(text).toContain(locale === 'en' ? 'Evacuation drills' : 'Gladi evakuasi');
      const shown = (await first.run('/forum show')).text;
      expect(shown).toContain(locale === 'en' ? 'Yogyakarta Local Resilience Forum' : 'Forum Ketahanan Lokal');
      const second = await aWorld({ store, start: now, workspace: SECOND });
      expect((await second.run('/activity list')).text).toContain(locale === 'en' ? 'Harvest' : 'Panen raya');
      await store.close();
    },
    BUSY_MS,
  );
});

describe.each(databases)('the demo ($name)', ({ open }) => {
  it('is filled whole or not at all, once', async () => {
    const store = await open();
    const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
    const now = new Date('2026-11-24T01:00:00Z');
    const broken = { ...store, write: breaking(store.write) };
    await expect(fillDemo({ ...services, store: broken }, now)).rejects.toThrow();
    for (const table of [store.tables.forums, store.tables.members, store.tables.events, store.tables.facts])
      expect(await store.read.select().from(table)).toEqual([]);
    const world = await aWorld({ store });
    await world.all('/forum setup Uji');
    expect(await fillDemo(services, now)).toBe(false);
    await store.close();
  });
});

type Write = Parameters<typeof fillDemo>[0]['store']['write'];

/** A unit of work that breaks after 300 statements. */
const breaking =
  (write: Write): Write =>
  (key, work) =>
    write(key, async tx => {
      let left = 300;
      const get = (target: object, name: string | symbol): unknown => {
        if (name !== 'tables' && --left < 0) throw new Error('the disk is full');
        return Reflect.get(target, name);
      };
      return work(new Proxy(tx as object, { get }) as typeof tx);
    });

it('the story ends today, after its reports, whatever the day', () => {
  for (const now of DAYS) {
    const { start, days } = storyUntil(now);
    expect(start.getTime() + days * DAY_MS).toBe(now.getTime());
    expect([now, days >= 79 && days <= 79 + 92]).toEqual([now, true]);
  }
});

it('every word of the demo is said in English too', () => {
  const now = new Date('2026-11-24T01:00:00Z');
  const story = storyUntil(now);
  const words = (line: string): string[] => [...line.matchAll(/"([^"]*)"/g)].map(([, text]) => text!);
  const partners = [...demoYogyakarta(story), ...demoBandung(story)].flatMap(
    line => /^\/mitra (?:tambah|undang) "([^"]*)"/.exec(line)?.slice(1) ?? [],
  );
  const proper = new Set([...partners, 'Balai RW 5', 'Gajah Wong', 'Winongo', 'kg', 'tidak resmi']);
  const left = [...demoYogyakarta(story), ...demoBandung(story)]
    .flatMap(line => words(line).filter((word, n) => words(inEnglish(line))[n] === word))
    .filter(word => !word.split(', ').every(part => proper.has(part)) && !/^Rp |^L=|^Q\d/.test(word));
  expect([...new Set(left)]).toEqual([]);
});
