import { expect, it } from 'vitest';
import type { Framework } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import { faultText, readFrameworkFile } from '../../src/imports/framework.ts';
import { catalogue } from '../../src/language/messages.ts';
import { frameworkFile } from '../../src/views/assessment-file.ts';
import { fc } from '../properties.ts';

const catalogues = [catalogue.id, catalogue.en];

const read = (content: string) => readFrameworkFile(Buffer.from(content), catalogues);

/** Every fault of a file, as it is told. */
async function faults(...rows: string[]): Promise<string[]> {
  const found = await read(['part,key,text,value,from,to,weight,answer meanings', ...rows].join('\n'));
  return 'faults' in found ? found.faults.map(one => faultText(catalogue.en, one)) : [];
}

const HEAD = ['instrument,x,X,1', 'score,,,sum', 'answer,,no,0', 'answer,,yes,1'];

it.each([catalogue.id, catalogue.en])('what is exported is read in as the same, in either language', async m => {
  for (const framework of shippedFrameworks()) expect(await read(frameworkFile(m, framework))).toEqual({ framework });
});

it('any instrument comes back as it went out', async () => {
  const unit = fc.constantFrom('a', 'é', '"', ' ', '?', "'", '=', '+', '-', '@', ',', ';', '|', '😀');
  // An apostrophe before a sign is what a spreadsheet would have put there.
  const word = fc.string({ minLength: 1, maxLength: 30, unit }).filter(one => !/'\s*[=+\-@]/.test(one));
  const words = fc.record({ id: word, en: word }).filter(({ id, en }) => !!id.trim() && !!en.trim());
  const tidy = ({ id, en }: { id: string; en: string }) => ({
    id: id.replace(/\s+/g, ' ').trim(),
    en: en.replace(/\s+/g, ' ').trim(),
  });
  const arbitrary = fc.record({
    words: fc.array(words, { minLength: 9, maxLength: 9 }),
    weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ words: some, weights }) => {
      const w = some.map(tidy);
      const framework: Framework = {
        key: 'own',
        version: '2026.1',
        name: w[0]!,
        about: w[1]!,
        source: null,
        licence: w[2]!,
        levels: [
          { value: 0, text: w[3]! },
          { value: 1, text: w[4]! },
        ],
        score: 'percent',
        missing: 'zero',
        bands: [{ from: 0, to: 100, name: w[5]! }],
        sections: [
          { key: 'a', name: w[6]!, questions: weights.map((weight, i) => ({ key: `q${i}`, text: w[7]!, weight })) },
        ],
      };
      expect(await read(frameworkFile(catalogue.en, framework))).toEqual({ framework });
    }),
    { numRuns: 25 },
  );
});

it('every fault is told with its row', async () => {
  expect(
    await faults(
      ...HEAD,
      'section,a,Part A',
      'question,1,First',
      'question,1,Again',
      'question,2,Second,,,,0',
      'question,3,,',
      'question,4 4,Fourth',
      'chapter,5,Fifth',
      'level,,Low,,0,1',
      'level,,Middle,,1,2',
      'level,,High,,4,3',
      'level,,Wordless,,x,3',
    ),
  ).toEqual([
    'Row 8: question 1 is in row 7 already',
    'Row 9: the weight of 2 has to be a whole number from 1 to 1000',
    'Row 10: the text is empty or longer than 500 characters',
    'Row 11: the key is empty or has signs other than letters, digits, full stops and dashes',
    expect.stringMatching(/^Row 12: “chapter” is no kind of row; choose from instrument, /),
    'Row 14: levels overlap; this one should begin at 2',
    'Row 15: the level ends before it begins',
    'Row 15: there is a hole; the level should begin at 3',
    'Row 16: from is no whole number',
  ]);
  expect(await faults('question,1,First')).toEqual([
    'Row 1: there is no instrument row with key, name and version (column value)',
    'Row 1: at least two answers are needed',
    'Row 1: there are no questions',
    'Row 2: the question stands before the first section',
  ]);
  expect(
    await faults(...HEAD, 'instrument,y,Y,2', 'section,a,A', 'section,b,B', 'question,1,Q,,,,,one | two | three'),
  ).toEqual([
    'Row 6: there are two instrument rows',
    'Row 7: section a has no questions',
    'Row 9: 1 has to explain exactly 2 answers',
  ]);
  const none = await read('a,b\n1,2\n');
  expect('faults' in none && none.faults.map(one => faultText(catalogue.id, one))).toEqual([
    'Baris 1: tidak ada tabel dengan kolom jenis, kode, dan teks',
  ]);
});
