import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { newFile } from './forum.ts';
import { middle, ms, ratio } from './measure.ts';
import { atMost, row, section } from './page.ts';

/** Number of pairs: an empty program and ours, one right after the other, so that both meet the same machine. */
const PAIRS = 5;
/** Certificates that Node reads before a program's first line: they cost an empty program as much as ours. */
const CERTIFICATES = 'NODE_EXTRA_CA_CERTS';
const REPORT = "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)))";

interface Start {
  readonly took: number;
  readonly memory: number;
}

/** Measures one program from its start to its end: milliseconds on the clock, megabytes at most. */
function startOf(args: readonly string[], env: NodeJS.ProcessEnv): Start {
  const report = ['--import', `data:text/javascript,${encodeURIComponent(REPORT)}`];
  const since = process.hrtime.bigint();
  const run = spawnSync(process.execPath, [...report, ...args], { env, input: '', encoding: 'utf8' });
  const took = Number(process.hrtime.bigint() - since) / 1e6;
  if (run.status !== 0) throw new Error(`the program ended with ${run.status}: ${run.stderr}`);
  return { took, memory: Number(run.stderr.match(/\d+$/)?.[0]) / 1024 };
}

const spread = (numbers: readonly number[]): string =>
  `${ratio(Math.min(...numbers), 1)} – ${ratio(Math.max(...numbers), 1)}`;

/** Measures pairs in one environment; only the one that the bench was started in can fail. */
function pairsIn(env: NodeJS.ProcessEnv, named: string, isOurs: boolean): void {
  const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const settings = { ...env, DATABASE_URL: `file:${newFile()}` };
  startOf([program, 'console'], settings);
  const pairs = Array.from({ length: PAIRS }, () => ({
    empty: startOf(['--eval', ''], env),
    ours: startOf([program, 'console'], settings),
  }));
  const time = pairs.map(({ empty, ours }) => ours.took / empty.took);
  const memory = pairs.map(({ empty, ours }) => ours.memory / empty.memory);
  const of = (which: 'empty' | 'ours'): string[] => [
    ms(middle(pairs.map(pair => pair[which].took))),
    `${middle(pairs.map(pair => pair[which].memory)).toFixed(0)} MB`,
  ];
  const most = isOurs
    ? `${atMost('time of `rembug console`', middle(time), 3.5)} time, ${atMost('memory of `rembug console`', middle(memory), 1.7)} memory`
    : '';
  row(`an empty Node program, ${named}`, ...of('empty'), '1×', '', '');
  row(
    `\`rembug console\`, to its end, ${named}`,
    ...of('ours'),
    `${ratio(middle(time), 1)} time, ${ratio(middle(memory), 1)} memory`,
    `${spread(time)} time, ${spread(memory)} memory`,
    most,
  );
}

/** Times the program from its start to its end beside an empty one, with and without certificates that Node reads first. */
export function start(): void {
  section('Start', '| what | time | memory | of an empty Node program | five pairs | at most |');
  const { [CERTIFICATES]: file, ...without } = process.env;
  pairsIn(without, `without ${CERTIFICATES}`, file === undefined);
  if (file !== undefined) pairsIn(process.env, `with ${CERTIFICATES}`, true);
}
