import { buildsBeside } from './beside.ts';
import { newFile } from './forum.ts';
import { converse } from './large.ts';
import { middle, ms, ratio } from './measure.ts';
import { row, section } from './page.ts';

/** The last build before an indicator became a chain of versions. */
const BEFORE = '6e9660b';
const INDICATORS = 100;
const TIMES = 15;

/**
 * Lines that are asked, the lines said once before, and the maximum share of the earlier build's time that each may
 * take.
 */
const ASKED: readonly {
  readonly what: string;
  readonly before?: string;
  readonly line: string;
  readonly atMost: number;
}[] = [
  { what: 'one indicator with 5 reported periods', line: '/indicator show N-2', atMost: 1.5 },
  { what: 'one indicator with 500 reported periods', line: '/indicator show N-1', atMost: 1.5 },
  { what: `a list of ${INDICATORS} indicators`, line: '/indicator list', atMost: 0.5 },
  { what: `the digest of ${INDICATORS} indicators, none reported since`, line: '/digest now', atMost: 0.5 },
  // Reports count from the next instant on.
  { what: `the digest of ${INDICATORS} reported indicators`, before: ':skip 1d', line: '/digest now', atMost: 0.5 },
];

const week = (n: number): string => `${2016 + Math.floor(n / 50)}-W${String((n % 50) + 1).padStart(2, '0')}`;

/** One indicator of 500 weeks, and many of five months each. */
const STORY: readonly string[] = [
  '/forum setup Bench locale:en announce:news coordinators:coord issues:issues',
  '/indicator add "Of weeks" unit:people frequency:weekly target:900 baseline:1 due:31/12/2030',
  ...Array.from(
    { length: INDICATORS - 1 },
    (_, i) => `/indicator add "I ${i}" unit:people frequency:monthly target:900 baseline:1 due:31/12/2030`,
  ),
  ...Array.from({ length: 500 }, (_, i) => `/indicator report N-1 ${100 + i} period:${week(i)} confirm:yes`),
  ...Array.from({ length: INDICATORS - 1 }, (_, i) =>
    Array.from(
      { length: 5 },
      (_, month) => `/indicator report N-${i + 2} ${100 + month} period:2026-0${month + 5} confirm:yes`,
    ),
  ).flat(),
];

/**
 * Measures how indicators stand, in a console of this build and of the one before versions, each on the same story.
 * Ends with an error where a bound is not kept.
 */
export async function status(): Promise<void> {
  const builds = buildsBeside(BEFORE);
  section(
    'How indicators stand',
    `| what | this build | ${BEFORE} | of its time | at most |`,
    'Written by `npm run bench -- status`: medians in a console, the answer included.',
  );
  const wrong: string[] = [];
  try {
    const consoles = builds.map(build => converse(build, newFile()));
    for (const console of consoles) for (const line of STORY) await console.say(line);
    for (const { what, before: first, line, atMost } of ASKED) {
      if (first) for (const console of consoles) await console.say(first);
      const took = consoles.map((): number[] => []);
      // In turn, so that whatever else the machine does falls on both.
      for (let i = 0; i < TIMES; i++)
        for (const [at, console] of consoles.entries()) {
          const since = performance.now();
          await console.say(line);
          took[at]!.push(performance.now() - since);
        }
      const [here, before] = took.map(middle) as [number, number];
      row(what, ms(here), ms(before), ratio(here, before), `${atMost}×`);
      if (here > atMost * before) wrong.push(what);
    }
    for (const console of consoles) await console.end();
  } finally {
    for (const build of builds) build.remove();
  }
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`too long: ${one}`);
}
