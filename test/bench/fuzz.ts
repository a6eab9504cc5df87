import { aFuzzedForum, type Problem } from '../fuzz/core.ts';
import { aFuzzedDiscord } from '../fuzz/discord.ts';
import { type Grounds, onPostgres, onSqlite } from '../fuzz/ground.ts';
import { Random } from '../fuzz/random.ts';
import { readOne } from '../fuzz/readers.ts';
import { aFuzzedSlack } from '../fuzz/slack.ts';
import { aFuzzedWeb } from '../fuzz/web.ts';
import { startPostgres } from '../postgres.ts';
import { row, section } from './page.ts';

/** Inputs of one database, or of one running bot: then a fresh one begins. */
const BATCH = 1_000;
/** A reader that takes this much of the processor for one input has been driven into a corner. */
const CORNER_MS = 300;

/** A target: what inputs are tried on. Each batch is made of its own number alone, so that it can be tried again. */
interface Target {
  readonly name: string;
  /** Share of the inputs that go here: one in so many. */
  readonly share: number;
  batch(seed: number, inputs: number): Promise<Problem | null>;
}

const readers: Target = {
  name: 'lines, numbers, dates, buttons: everything that reads',
  share: 0.975,
  async batch(seed, inputs) {
    const r = new Random(seed);
    for (let i = 0; i < inputs; i++) {
      const since = process.cpuUsage();
      const problem = readOne(r);
      const { user, system } = process.cpuUsage(since);
      if (problem) return problem;
      if ((user + system) / 1_000 > CORNER_MS)
        return { what: `took ${(user + system) / 1_000} ms`, input: { seed, i } };
    }
    return null;
  },
};

const core = (name: string, share: number, grounds: Grounds): Target => ({
  name,
  share,
  async batch(seed, inputs) {
    const r = new Random(seed);
    const forum = aFuzzedForum(await grounds());
    try {
      for (let i = 0; i < inputs; i++) {
        const problem = (await forum.act(r)) ?? (i % 100 === 99 ? await forum.pass(r.below(3 * 86_400_000)) : null);
        if (problem) return problem;
      }
      return null;
    } finally {
      await forum.close();
    }
  },
});

/** A running bot to which inputs are delivered, so many at once; each batch has a bot of its own. */
const delivered = (
  name: string,
  share: number,
  lanes: number,
  start: () => Promise<{ one(r: Random, lane: number): Promise<Problem | null>; close(): Promise<unknown> }>,
): Target => ({
  name,
  share,
  async batch(seed, inputs) {
    const running = await start();
    let problem: Problem | null = null;
    let left = inputs;
    const lane = async (_: unknown, n: number): Promise<void> => {
      const r = new Random(seed * 1_000 + n);
      while (left-- > 0 && !problem) problem ??= await running.one(r, n);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await running.close();
    return problem;
  },
});

const web = delivered('raw bytes at the HTTP port', 0.006, 8, async () => {
  const port = await aFuzzedWeb();
  // The loopback has many addresses, and none may ask too often.
  let n = 0;
  const from = (): string => `127.0.${1 + ((n >> 8) % 250)}.${1 + (n++ % 250)}`;
  return { one: r => port.request(r, from()), close: port.close };
});

// Bodies for nobody are answered only when Bolt gives up waiting, so many are sent at once.
const slack = delivered('signed bodies at Slack’s address, on the real Bolt', 0.002, 24, async () => {
  const app = await aFuzzedSlack();
  return { one: r => app.deliver(r), close: app.close };
});

const discord = delivered('interactions on the real discord.js', 0.002, 4, async () => {
  const app = await aFuzzedDiscord();
  return { one: r => app.interact(r), close: app.close };
});

const targets = (postgres: string): readonly Target[] => [
  readers,
  core(
    'acts on the whole core: lines, choices, buttons, forms, suggestions, what falls due; on SQLite',
    0.01,
    onSqlite(),
  ),
  core('the same on PostgreSQL', 0.005, onPostgres(postgres)),
  web,
  slack,
  discord,
];

/**
 * Tries so many inputs, from a number: the same number tries the same. Ends at the first problem of each target, with
 * the number that shows it again: `npm run bench -- fuzz --seed N --inputs 1000`.
 */
export async function fuzz(inputs: number, seed: number, only?: string): Promise<void> {
  section('Fuzzing', '| what | inputs | problems |', `\`npm run bench -- fuzz --inputs ${inputs} --seed ${seed}\`.`);
  const loose: unknown[] = [];
  process.on('unhandledRejection', error => loose.push(error));
  const problems: string[] = [];
  let total = 0;
  const postgres = await startPostgres();
  for (const target of targets(postgres.url).filter(one => !only || one.name.includes(only))) {
    const wanted = Math.ceil(inputs * (only ? 1 : target.share));
    let done = 0;
    let found = 0;
    for (let number = seed; done < wanted && found < 5; number++) {
      const some = Math.min(BATCH, wanted - done);
      const problem = await target.batch(number, some);
      done += some;
      const what = problem ?? (loose.length ? { what: `unhandled rejection: ${loose.splice(0)}`, input: null } : null);
      if (!what) continue;
      found++;
      problems.push(`${target.name}, --seed ${number}: ${what.what}\n  ${JSON.stringify(what.input)}`);
      console.log(problems.at(-1));
    }
    total += done;
    row(target.name, done.toLocaleString('en'), String(found));
  }
  await postgres.stop();
  row('all', total.toLocaleString('en'), String(problems.length));
  if (problems.length) throw new Error(`${problems.length} problems`);
}
