import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areaNames, areasOf, areasText, codesAbove, liesIn, meet } from '../../src/domain/areas/area.ts';
import { gazetteer } from '../../src/domain/areas/gazetteer.ts';
import { databases } from '../databases.ts';
import { runProgram } from '../program.ts';
import { aWorld } from '../world.ts';

const data = join(dirname(createRequire(import.meta.url).resolve('idn-area-data/package.json')), 'data');
const official = (file: string) =>
  readFileSync(join(data, `${file}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','));
const table = (await gazetteer())!;

describe('official areas', () => {
  it('are all that the package has: 38 provinces down to the villages', () => {
    expect(table.count(1)).toBe(38);
    for (const [i, file] of ['provinces', 'regencies', 'districts', 'villages'].entries()) {
      const rows = official(file);
      expect(table.count(i + 1)).toBe(rows.length);
      const odd = rows.filter(([code, ...rest]) => {
        const name = table.byCode(code!)?.name.split(',')[0] ?? '';
        return name.toUpperCase() !== rest.at(-1)!.toUpperCase();
      });
      expect(odd).toEqual([]);
    }
  });

  it('are found by code, name and parent', async () => {
    const gondokusuman = { code: '34.71.03', name: 'Gondokusuman, Yogyakarta' };
    expect(table.byCode('34.71.03')).toEqual(gondokusuman);
    expect(table.byCode('347103')).toEqual(gondokusuman);
    for (const typed of [
      'Gondokusuman',
      'gondokusuman, yogyakarta',
      'Kec. Gondokusuman',
      'Gondokusuman, Kota Yogyakarta',
    ])
      expect(await table.called(typed)).toEqual([gondokusuman]);
    expect(await table.called('Kab. Sleman')).toEqual([{ code: '34.04', name: 'Kabupaten Sleman' }]);
    expect((await table.called('Terban, Yogyakarta')).map(one => one.code)).toEqual(['34.71.03.1005']);
    expect((await table.search('gondok yog', 25))[0]).toEqual(gondokusuman);
    expect(await table.called('Bandung, Kota Bandung')).toEqual([]);
  });

  it('that share a name are told apart by what they lie in', async () => {
    const names = official('villages').map(row => row.at(-1)!);
    const others = new Set(['districts', 'regencies'].flatMap(official).map(row => row.at(-1)!.toUpperCase()));
    const times = new Map<string, number>();
    for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
    const [name] = [...times].find(([one, n]) => n === 12 && !others.has(one.toUpperCase()))!;
    const found = await table.called(name);
    expect(found).toHaveLength(12);
    expect(new Set(found.map(one => one.name)).size).toBe(12);
  });

  it('are read from the disk by the first question for one, and not before', () => {
    const watch = [
      "import fs from 'node:fs'",
      "import { syncBuiltinESMExports } from 'node:module'",
      'const read = fs.promises.readFile',
      "const told = path => String(path).endsWith('areas.br') && process.stderr.write('AREAS')",
      'fs.promises.readFile = (path, ...rest) => { told(path); return read(path, ...rest) }',
      'syncBuiltinESMExports()',
    ].join(';');
    const env = {
      DATABASE_URL: 'file::memory:',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watch)}`,
    };
    const lines = ['/forum setup Uji', '/partner add BPBD', '/partner map', '/report 2026 format:iati'];
    const told = (...more: string[]): string =>
      runProgram(['console', '--json'], env, [...lines, ...more, ''].join('\n')).stderr;
    expect(told()).not.toContain('AREAS');
    expect(told('/partner add PMI area:34.71')).toContain('AREAS');
  });

  it('are stored as code and name, and read back', () => {
    const two = [table.byCode('34.71.03')!, table.byCode('34.04')!];
    expect(areasOf(areasText(two))).toEqual(two);
    expect(areaNames(areasText(two))).toBe('Gondokusuman, Yogyakarta; Kabupaten Sleman');
    expect(areasOf(null)).toEqual([]);
    expect(codesAbove('34.71.03')).toEqual(['34', '34.71', '34.71.03']);
    expect([liesIn('34.71.03', '34.7'), liesIn('34.71.03', '34.71'), meet('34', '34.71.03')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe.each(databases)('places of things on $name', ({ open }) => {
  it('are kept, shown, filtered by, and asked about with their parents', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Forum',
      '/partner add BPBD area:"Gondokusuman; Kab. Sleman"',
      '/partner add PMI area:34.71',
      '/activity log Gladi area:"Terban, Yogyakarta" location:"Balai RW 5"',
      '/activity log Rapat location:"di kantor"',
      '/issue raise Banjir area:"Gondokusuman (34.71.03)"',
      '/indicator add Sumur area:34.71.03.1005 frequency:monthly',
    );
    expect((await world.run('/partner show BPBD')).text).toContain('Kabupaten Sleman; Gondokusuman, Yogyakarta');
    expect((await world.run('/activity show K-1')).text).toContain('Terban, Gondokusuman, Yogyakarta');
    const listed = async (line: string) => (await world.run(line)).text;
    expect(await listed('/partner list area:Gondokusuman')).not.toContain('PMI');
    expect(await listed('/partner list area:"Kota Yogyakarta"')).toContain('PMI');
    expect(await listed('/activity list area:34.71')).toMatch(/K-1(?![\s\S]*K-2)/);
    expect(await listed('/activity list area:34.7')).toContain('34.71.03');
    expect(await listed('/issue list area:34')).toContain('I-1');
    expect(await listed('/issue list area:34.04')).not.toContain('I-1');
    expect(await listed('/indicator list area:34.71.03')).toContain('N-1');
    const asked = await world.run('/activity edit K-2 area:Terban');
    expect(asked).toMatchObject({ ok: false, error: { code: 'ambiguous' } });
    expect(asked.text).toContain('Terban, Gondokusuman, Yogyakarta (34.71.03.1005)');
    const none = await world.run('/activity edit K-2 area:Atlantis');
    expect(none).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect((await world.run('/activity show K-2')).text).toContain('di kantor');
  });
});
