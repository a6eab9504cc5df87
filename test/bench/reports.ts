import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Database from 'better-sqlite3';
import { strToU8, zipSync } from 'fflate';
import { catalogue } from '../../src/language/messages.ts';
import { type Format, reportFile } from '../../src/reports/files.ts';
import { aForum, fillActivities, START } from './forum.ts';
import { ms, ratio } from './measure.ts';
import { row, section } from './page.ts';

const MB = 2 ** 20;
const FORMATS = ['xlsx', 'csv', 'html'] as const satisfies readonly Format[];

/** Cost of one file: milliseconds in all, the longest time for which the program was held up, megabytes on the way. */
interface Cost {
  readonly took: number;
  readonly held: number;
  readonly memory: number;
  /** Bytes of the file. */
  readonly size: number;
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Runs some work and looks at time, memory, and how late a timer of a millisecond comes meanwhile. */
async function costOf(work: () => Promise<Uint8Array>): Promise<Cost> {
  const used = (): number => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  collect();
  const before = used();
  let [most, held, last] = [before, 0, performance.now()];
  const look = (): void => {
    const now = performance.now();
    [held, last, most] = [Math.max(held, now - last), now, Math.max(most, used())];
  };
  const timer = setInterval(look, 1);
  const since = performance.now();
  const { length: size } = await work();
  const took = performance.now() - since;
  look();
  clearInterval(timer);
  return { took, held, memory: (most - before) / MB, size };
}

/** Each format's report over so many activities, and as the floor: the same rows read bare and packed as plain text. */
async function reportCosts(activities: number): Promise<{ bare: Cost } & Record<(typeof FORMATS)[number], Cost>> {
  const forum = await aForum();
  const { store, forumId, file } = forum;
  await fillActivities(store, forumId, 1, activities);
  const [row] = await store.read.select().from(store.tables.forums);
  const look = { m: catalogue.id, locale: 'id', zone: 'Asia/Jakarta', now: START, db: store.read, forumId } as const;
  const span = { from: '2026-11-01', to: '2026-11-30' };
  const db = new Database(file, { readonly: true });
  const bare = (): Promise<Uint8Array> => {
    const rows = db
      .prepare("SELECT * FROM activities WHERE date >= ? AND state <> 'undone' ORDER BY date, number")
      .raw();
    const text = rows.all(span.from).map(cells => (cells as unknown[]).join('\t'));
    return Promise.resolve(zipSync({ 'rows.txt': strToU8(text.join('\n')) }));
  };
  const make = async (format: Format): Promise<Uint8Array> => (await reportFile(look, row!, span, format)).bytes;
  await bare();
  await make('xlsx');
  const costs = {
    bare: await costOf(bare),
    xlsx: await costOf(() => make('xlsx')),
    csv: await costOf(() => make('csv')),
    html: await costOf(() => make('html')),
  };
  db.close();
  await store.close();
  return costs;
}

const LARGE = 100_000;

/** The part of the bench about reports. */
export async function reports(): Promise<void> {
  section(
    'Reports',
    `| what | 100 activities | ${LARGE.toLocaleString('en')} | of reading and packing the rows bare | held up at most | memory | file |`,
  );
  const [few, many] = [await reportCosts(100), await reportCosts(LARGE)];
  const line = (what: string, of: keyof typeof many): void =>
    row(
      what,
      ms(few[of].took),
      ms(many[of].took),
      ratio(many[of].took, many.bare.took),
      ms(many[of].held),
      `${many[of].memory.toFixed(0)} MB`,
      `${(many[of].size / MB).toFixed(1)} MB`,
    );
  line('the rows, read at once and packed as plain text', 'bare');
  line('`/report` as a workbook', 'xlsx');
  line('`/report` as CSV, both separators', 'csv');
  line('`/report` as a page to print (the last 1,000 rows)', 'html');
}
