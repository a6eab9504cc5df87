import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Build, buildsBeside } from './beside.ts';
import { newFile } from './forum.ts';
import { fillLarge, NOW, type Size } from './large-forum.ts';
import { aMachine } from './machine.ts';
import { ms, ratio } from './measure.ts';
import { row, sectionInPieces } from './page.ts';
import type { Probed } from './probe.ts';

/** Maximum processor time of a turn of the event loop, milliseconds. */
const MAXIMUM_TURN_MS = 50;
/** Maximum processor time of an answer that is no report, milliseconds. */
const MAXIMUM_ANSWER_MS = 1_000;
/** Minimum time of a first run that counts itself, ms; for a shorter one the second run counts. */
const TAKES_LONG_MS = 2_000;
/** No answer may ask more statements in a larger forum, but for what hangs on its content, such as a second page. */
const MAXIMUM_STATEMENTS = 40;

const SMALL: Size = { partners: 200, members: 500, activities: 20_000, indicators: 200, years: 5 };
const SIZES: Readonly<Record<string, Size>> = {
  small: SMALL,
  /** The size at which the issue of deliveries holds every command. */
  wide: { partners: 3_000, members: 3_000, activities: 5_000, indicators: 1_000, years: 5 },
  large: { partners: 2_000, members: 5_000, activities: 200_000, indicators: 2_000, years: 5 },
};

/** Commands that look at much of a forum. A person who asks for a report knows that it takes a while. */
const COMMANDS: readonly { readonly line: string; readonly takesLong?: boolean }[] = [
  { line: '/partnership score' },
  { line: '/partnership score from:2022-01-01 to:2026-11-30' },
  { line: '/digest now' },
  { line: '/partner map' },
  { line: '/indicator list' },
  { line: '/indicator due' },
  { line: '/me tasks' },
  { line: '/goal list' },
  { line: '/activity list' },
  { line: '/activity search gladi' },
  { line: '/activity search "ke-777"' },
  { line: '/partner list' },
  { line: '/indicator show N-1' },
  { line: '/agreement show P-1' },
  { line: '/partnership score partner:M-3' },
  { line: '/report from:2026-11-01 to:2026-11-30', takesLong: true },
  { line: '/report from:2026-01-01 to:2026-12-31', takesLong: true },
];

interface Cost extends Probed {
  readonly took: number;
  /** The longest for which the machine held up a process that wants nothing, meanwhile. */
  readonly machine: number;
}

type Machine = Awaited<ReturnType<typeof aMachine>>;

const probe = new URL('./probe.js', import.meta.url).href;
const environment = (build: Build, file: string) => ({
  PATH: process.env.PATH,
  DATABASE_URL: `file:${file}`,
  PROBED_PROGRAM: build.folder,
  PORT: '0',
  LOG_LEVEL: 'error',
});

/** A console of a build on a file, at the bench's present, asked a line at a time. */
export function converse(build: Build, file: string) {
  const child: ChildProcess = fork(
    join(build.folder, 'dist/src/main.js'),
    ['console', '--json', '--now', NOW, '--as', 'sari'],
    {
      cwd: mkdtempSync(join(tmpdir(), 'rembug-bench-')),
      execArgv: ['--import', probe],
      env: environment(build, file),
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    },
  );
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const probed = async (): Promise<Probed> => {
    child.send('tell');
    return ((await once(child, 'message')) as [Probed])[0];
  };
  return {
    probed,
    async say(line: string): Promise<void> {
      child.stdin!.write(`${line}\n`);
      const told = JSON.parse((await lines.next()).value as string) as { ok: boolean; text: string };
      if (!told.ok) throw new Error(`${line}: ${told.text}`);
    },
    async end(): Promise<void> {
      const ended = once(child, 'exit');
      child.stdin!.end();
      await ended;
    },
  };
}

/**
 * Measures the commands of a build in a forum of a size: the second time they are asked if the first did not take long.
 */
async function costsIn(
  build: Build,
  size: Size,
  machine: Machine,
  commands: typeof COMMANDS,
): Promise<Map<string, Cost>> {
  const file = newFile();
  const setUp = spawnSync(process.execPath, [join(build.folder, 'dist/src/main.js'), 'console', '--as', 'sari'], {
    env: environment(build, file),
    input: '/forum setup Besar announce:umum coordinators:koor issues:isu\n',
    encoding: 'utf8',
  });
  if (setUp.status !== 0) throw new Error(setUp.stderr);
  fillLarge(file, size);
  const console = converse(build, file);
  await console.say('/me show');
  const costs = new Map<string, Cost>();
  for (const { line } of commands) {
    const measured = async (): Promise<Cost> => {
      await console.probed();
      await machine.longest();
      const since = performance.now();
      await console.say(line);
      const took = performance.now() - since;
      return { ...(await console.probed()), took, machine: await machine.longest() };
    };
    const first = await measured();
    costs.set(line, first.took > TAKES_LONG_MS ? first : await measured());
  }
  await console.end();
  return costs;
}

/**
 * Measures commands in large forums: the longest turn of the event loop, statements and time, of this build and of
 * another one beside it. `only`: one size, and one beginning of the commands, `wide /digest`. Throws where a turn or an
 * answer of this build takes too long.
 */
export async function large(revision: string | undefined, only: string | undefined): Promise<void> {
  const machine = await aMachine();
  const builds = buildsBeside(revision);
  const [onlySize, begins = ''] = only?.split(/ (.*)/) ?? [];
  const sizes = Object.entries(SIZES).filter(([name]) => !onlySize || onlySize === name);
  const commands = COMMANDS.filter(({ line }) => line.startsWith(begins));
  const names = builds.map(one => one.name);
  sectionInPieces(
    revision ? `Large forums on SQLite, beside ${names[1]}` : 'Large forums on SQLite',
    `| size and command | ${names.map(name => `longest turn, ${name} | its processor time | of a process that wants nothing | in all | processor time | statements`).join(' | ')} |${names.length > 1 ? ' blocks less by |' : ''}`,
    `Written by \`npm run bench -- large\`${revision ? ` with \`--beside ${names[1]}\`` : ''}. ${Object.entries(SIZES)
      .map(([name, size]) => `*${name}*: ${told(size)}`)
      .join('; ')}.`,
    `No turn may take more than ${MAXIMUM_TURN_MS} ms of processor time, no answer but a report more than ${MAXIMUM_ANSWER_MS} ms, and none more than ${MAXIMUM_STATEMENTS} statements, whatever the size. Other programs of the machine lengthen the times that are no processor time.`,
  );
  const wrong: string[] = [];
  try {
    for (const [name, size] of sizes) {
      const measured: Map<string, Cost>[] = [];
      for (const build of builds) measured.push(await costsIn(build, size, machine, commands));
      for (const { line, takesLong } of commands) {
        const costs = measured.map(one => one.get(line)!);
        const [here, other] = costs as [Cost, Cost?];
        if (here.turn > MAXIMUM_TURN_MS) wrong.push(`${name} ${line}: a turn of ${ms(here.turn)}`);
        if (!takesLong && here.cpu > MAXIMUM_ANSWER_MS) wrong.push(`${name} ${line}: ${ms(here.cpu)} for an answer`);
        if (here.statements > MAXIMUM_STATEMENTS) wrong.push(`${name} ${line}: ${here.statements} statements`);
        row(
          `${name}: \`${line}\``,
          ...costs.flatMap(one => [
            ...[ms(one.longest), ms(one.turn), ms(one.machine)],
            ...[ms(one.took), ms(one.cpu), String(one.statements)],
          ]),
          ...(other ? [ratio(other.turn, here.turn)] : []),
        );
      }
    }
  } finally {
    for (const build of builds) build.remove();
    machine.stop();
  }
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`too long: ${one}`);
}

const told = (size: Size): string =>
  Object.entries(size)
    .map(([what, n]) => `${n.toLocaleString('en')} ${what}`)
    .join(', ');
