import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EVER } from '../../src/domain/calendar.ts';
import { iatiPieces } from '../../src/reports/iati/iati.ts';
import { createSite } from '../../src/site/site.ts';
import { oneAnswer } from '../../src/storage/once.ts';
import { openStore } from '../../src/storage/open.ts';
import { contextOf } from '../context.ts';
import { fc } from '../properties.ts';
import { faultsOf, filesOf, iatiLine, isPublished, wrongSums } from '../standards/iati-files.ts';
import { aWorld } from '../world.ts';
import { aForum, newFile, START } from './forum.ts';
import { fillLarge } from './large-forum.ts';
import { measure, middle, ms } from './measure.ts';
import { row, section } from './page.ts';

const MB = 2 ** 20;
const INDICATORS = 1_000;
const YEARS = 5;
/** Maximum time and memory of the file of a thousand indicators and five years, ms and MB. */
const MAXIMUM = { took: 2_000, memory: 60 };
/** Maximum time of the feed of warnings as it is kept, ms. */
const MAXIMUM_WARM_MS = 5;
const WARNINGS = 50;
/** Number of looks at the memory after which it is tidied up. */
const LOOKS_A_COLLECTION = 20;
/** Each forum gives two files, one a language. */
const LINES = { min: 6, max: 40 };

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Processor time and the most memory of a file of IATI over a large forum. */
async function largeFile(frequency: 'quarterly' | 'monthly'): Promise<{ took: number; memory: number; bytes: number }> {
  const bench = await aForum();
  await bench.run('/forum publish');
  await bench.store.close();
  fillLarge(bench.file, {
    partners: 40,
    members: 40,
    activities: 1_000,
    indicators: INDICATORS,
    years: YEARS,
    frequency,
  });
  const store = await openStore(`file:${bench.file}`);
  const [forum] = await store.read.select().from(store.tables.forums);
  const context = contextOf(store, forum!, 'id', START);
  const used = (): number => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const shown = { ...forum!, settings: { ...forum!.settings, public: true } };
  const make = () => oneAnswer(() => iatiPieces(context, shown, EVER, null));
  await make();
  // Processor time alone: other programs on the machine do not count.
  const since = process.cpuUsage();
  const bytes = (await make()).reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  const { user, system } = process.cpuUsage(since);
  // Once more for what is in use: what merely waits to be collected is no need of it.
  collect();
  const before = used();
  let [most, looks] = [before, 0];
  const look = (): void => {
    if (looks++ % LOOKS_A_COLLECTION === 0) collect();
    most = Math.max(most, used());
  };
  const timer = setInterval(look, 1);
  const kept = await make();
  look();
  clearInterval(timer);
  await store.close();
  if (!kept.length) throw new Error('an empty file');
  return { took: (user + system) / 1_000, memory: (most - before) / MB, bytes };
}

/** Time of the feed of warnings, made anew and as it is kept. */
async function warningFeed(): Promise<{ first: number; warm: number }> {
  const { store, run, forumId } = await aForum();
  await run('/forum publish');
  await run('/forum publish confirm:yes');
  const text = {
    content: 'Air naik cepat di hulu',
    event: 'banjir',
    level: 'awas',
    certainty: 'observed',
    onset: 'now',
  } as const;
  await store.write(null, tx =>
    tx.insert(tx.tables.announcements).values(
      Array.from({ length: WARNINGS }, (_, i) => ({
        ...text,
        forumId,
        number: i + 1,
        urgency: 'early_warning' as const,
        life: 'alert' as const,
        area: '34.71.03 Gondokusuman, Yogyakarta',
        exercise: false,
        state: 'sent' as const,
        sentAt: START,
        writtenAt: START,
        writtenBy: 1,
      })) as never,
    ),
  );
  const site = createSite({ store, painter: {} as never, maker: {} as never, publicUrl: undefined });
  const get = () => site({ path: `/f/${forumId}/cap.atom`, query: new URLSearchParams(), has: null, zip: true }, START);
  const since = performance.now();
  const { status, headers } = await get();
  const first = performance.now() - since;
  if (status !== 200 || Number(headers['content-length']) < 1_000) throw new Error(`cap.atom: ${status}`);
  const { median } = await measure(200, get);
  await store.close();
  return { first, warm: median };
}

/** Files of random forums with hostile words, each held against the published schema and rules. */
async function randomFiles(wanted: number, seed: number): Promise<{ files: number; faults: number }> {
  let [files, faults] = [0, 0];
  const forums = fc.sample(fc.array(iatiLine, { minLength: LINES.min, maxLength: LINES.max }), {
    numRuns: Math.ceil(wanted / 2),
    seed,
  });
  for (const lines of forums) {
    await using world = await aWorld();
    for (const line of ['/forum setup Forum', '/forum publish', '/forum publish confirm:yes', ...lines])
      await world.run(line);
    for (const file of await filesOf(world.store)) {
      const found = [...faultsOf(file), ...(await wrongSums(world.store, file))];
      files++;
      faults += found.length;
      if (found.length) process.stderr.write(`${JSON.stringify(lines)}\n${found.join('\n')}\n`);
    }
  }
  return { files, faults };
}

/** Memory and time of a process that opens the console, with and without one question for an area. */
function areas(): void {
  const program = new URL('../../src/main.js', import.meta.url).pathname;
  const run = (lines: string): { took: number; memory: number } => {
    const all = Array.from({ length: 5 }, () => {
      const report = "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)))";
      const since = performance.now();
      const ended = spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(report)}`, program, 'console', '--json'],
        { env: { ...process.env, DATABASE_URL: `file:${newFile()}` }, input: lines, encoding: 'utf8' },
      );
      if (!ended.stdout.includes('"ok":true')) throw new Error(ended.stdout);
      return { took: performance.now() - since, memory: Number(/\d+$/.exec(ended.stderr)?.[0] ?? 0) / 1024 };
    });
    return { took: middle(all.map(one => one.took)), memory: middle(all.map(one => one.memory)) };
  };
  const unused = run('/forum setup Uji\n/partner add BPBD\n');
  const used = run('/forum setup Uji\n/partner add BPBD area:Gondokusuman\n');
  section('Official areas', '| what | without a question for one | with the first | more |');
  row('a console to its end', ms(unused.took), ms(used.took), ms(used.took - unused.took));
  const more = used.memory - unused.memory;
  row('memory of its process', ...[unused.memory, used.memory, more].map(one => `${one.toFixed(0)} MB`));
}

/** Files for others: how long they take, and that nothing in them is wrong. */
export async function standards(wanted: number, seed: number, only?: string): Promise<void> {
  if (!only || only === 'areas') areas();
  section('Files for others', '| what | measured | may be at most |');
  if (!only || only === 'iati') {
    for (const [frequency, isJudged] of [
      ['quarterly', true],
      ['monthly', false],
    ] as const) {
      const file = await largeFile(frequency);
      const size = `${(file.bytes / MB).toFixed(0)} MB`;
      const what = `IATI of ${INDICATORS.toLocaleString('en')} ${frequency} indicators and ${YEARS} years (${size})`;
      row(what, ms(file.took), isJudged ? ms(MAXIMUM.took) : '');
      row('memory that it takes more', `${file.memory.toFixed(0)} MB`, isJudged ? `${MAXIMUM.memory} MB` : '');
    }
  }
  if (!only || only === 'cap') {
    const feed = await warningFeed();
    row(`\`cap.atom\` of ${WARNINGS} warnings, the first time`, ms(feed.first), '');
    row('the same again', ms(feed.warm), ms(MAXIMUM_WARM_MS));
  }
  if (!only || only === 'random') {
    const { files, faults } = await randomFiles(wanted, seed);
    const against = isPublished ? 'the published schema and rules' : 'our own smaller check';
    row(`faults of ${files} files of IATI against ${against}`, String(faults), '0');
  }
}
