import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: true;
  readonly engines?: { readonly node?: string };
}

const json = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const { packages } = json('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(packages)
  .filter(([path]) => path.startsWith('node_modules/'))
  .map(([path, one]) => ({ ...one, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) }));

/** Licences that ask for no more than naming the authors, or for changes of their own files. */
const LICENCES = /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|MPL-2\.0|Python-2\.0|CC0-1\.0|Unlicense)$/;
/** Named otherwise, and read by us: the Bitstream Vera licence with its additions, a font's, free to be passed on. */
const READ = new Map([
  ['dejavu-fonts-ttf', 'SEE LICENSE IN README.md AND LICENSE'],
  // Its text is that of two clauses.
  ['duck', 'BSD'],
  ['pako', '(MIT AND Zlib)'],
]);

it('each package is pinned by its hash, and by no address', () => {
  expect(locked.filter(one => !one.integrity?.startsWith('sha512-')).map(one => one.name)).toEqual([]);
  expect(locked.filter(one => one.resolved !== undefined).map(one => one.name)).toEqual([]);
});

it('only named packages may run a script when they are installed, and of what runs in production one', () => {
  const allowed = Object.keys(json('package.json').allowScripts);
  const scripted = locked.filter(one => one.hasInstallScript);
  expect(scripted.filter(one => !one.dev).map(one => one.name)).toEqual(['better-sqlite3']);
  expect(allowed.filter(name => !scripted.some(one => one.name === name))).toEqual([]);
});

/** The oldest Node that package.json allows. */
const OLDEST = [20, 18, 1] as const;

/** Tells whether a range such as `>= 18` or `20.x || 22.x` lets the oldest Node in. */
const letsIn = (range: string): boolean =>
  range.split('||').some(part => {
    const [, sign = '', ...numbers] = /^\s*(>=|\^)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(part) ?? [];
    if (part.trim() === '*') return true;
    const [major = 0, minor = 0, patch = 0] = numbers.map(one => Number(one ?? 0));
    const from = (major * 1000 + minor) * 1000 + patch;
    const oldest = (OLDEST[0] * 1000 + OLDEST[1]) * 1000 + OLDEST[2];
    return sign === '>=' ? from <= oldest : major === OLDEST[0] && from <= oldest;
  });

it('every package that runs in production runs on the oldest Node that this one does', () => {
  expect(json('package.json').engines.node).toBe(`>=${OLDEST.join('.')}`);
  expect([
    letsIn('>= 18'),
    letsIn('>=20.19'),
    letsIn('20.x || 22.x'),
    letsIn('^20.19.0 || >=22'),
    letsIn('>=22'),
  ]).toEqual([true, false, true, false, false]);
  const others = locked.filter(one => !one.dev && one.engines?.node && !letsIn(one.engines.node));
  expect(others.map(one => `${one.name} ${one.engines!.node}`)).toEqual([]);
});

it('every licence is one that this project may build upon', () => {
  const others = locked.filter(({ name, license = '' }) => {
    const any = license.replace(/[()]/g, '').split(' OR ');
    return !any.some(one => LICENCES.test(one)) && READ.get(name) !== license;
  });
  expect(others.map(one => `${one.name} ${one.license}`)).toEqual([]);
});
