import { aFuzzedForum, type Problem } from '../fuzz/core.ts';
import { Random } from '../fuzz/random.ts';
import { readOne } from '../fuzz/readers.ts';
import { row, section } from './page.ts';

/** Inputs of one database, or of one running bot: then a fresh one begins. */
const BATCH = 1_000;
/** A reader that takes this much of the processor for one input has been driven into a corner. */
const CORNER_MS = 300;

/** A target: what inputs are tried on. Each batch is made of its own number alone, so that it can be tried again. */
interface Target {
  readonly name: string;
  /** Of so many inputs, one in `of` goes here. */
  readonly share: number;
  batch(seed: number, inputs: number): Promise<Problem | null>;
}

const readers: Target = {
  name: 'lines, numbers, dates, buttons: everything that reads',
  share: 0.86,
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

const core: Target = {
  name: 'acts on the whole core: lines, choices, buttons, forms, suggestions, what falls due',
  share: 0.1,
  async batch(seed, inputs) {
    const r = new Random(seed);
    const forum = await aFuzzedForum();
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
};

const TARGETS: readonly Target[] = [readers, core];

/**
 * So many inputs, from a number: the same number tries the same. Ends at the first problem of each target, with the
 * number that shows it again: `npm run bench -- fuzz --seed N --inputs 1000`.
 */
export async function fuzz(inputs: number, seed: number, only?: string): Promise<void> {
  section('Fuzzing', '| what | inputs | problems |', `\`npm run bench -- fuzz --inputs ${inputs} --seed ${seed}\`.`);
  const loose: unknown[] = [];
  process.on('unhandledRejection', error => loose.push(error));
  const problems: string[] = [];
  let total = 0;
  for (const target of TARGETS.filter(one => !only || one.name.includes(only))) {
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
  row('all', total.toLocaleString('en'), String(problems.length));
  if (problems.length) throw new Error(`${problems.length} problems`);
}
