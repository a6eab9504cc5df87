import { type Framework, type FrameworkFault, faultsOf, type Words } from '../domain/assessments/framework.ts';
import { cleanLine } from '../language/clean.ts';
import type { Messages } from '../language/messages.ts';
import { restoredCell } from '../views/csv.ts';
import { type Cell, isBlank, textOf } from './grid.ts';
import { findTable, type Headings, headingKey } from './headings.ts';
import { openTables } from './open.ts';

type Why = Messages['assessment']['import']['why'];
type Field = keyof Messages['assessment']['import']['headings'];
type Part = keyof Messages['assessment']['import']['parts'];

/** Describes what is wrong with a file of an instrument, and in which row. */
export interface FileFault {
  readonly row: number;
  say(w: Why, m: Messages): string;
}

const MAXIMUM_TEXT = 500;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const MAXIMUM = { level: 11, band: 20, section: 40 } as const;

type Draft = { -readonly [K in keyof Framework]: Framework[K] };

/** The rows in which the parts of an instrument stand, by their place among their kind. */
interface Rows {
  readonly question: number[];
  readonly section: number[];
  readonly level: number[];
  readonly band: number[];
  instrument: number;
}

/** Reads the rows of a table one after the other into an instrument, and collects all that is wrong. */
class FrameworkReader {
  readonly faults: FileFault[] = [];
  readonly rows: Rows = { question: [], section: [], level: [], band: [], instrument: 0 };
  readonly draft: Draft = {
    key: '',
    version: '',
    name: { id: '', en: '' },
    about: { id: '', en: '' },
    source: null,
    licence: { id: '–', en: '–' },
    levels: [],
    score: 'percent',
    missing: 'exclude',
    bands: [],
    sections: [],
  };
  readonly #cells: (field: Field) => Cell;
  readonly #row: () => number;

  constructor(cells: (field: Field) => Cell, row: () => number) {
    this.#cells = cells;
    this.#row = row;
  }

  fault(say: FileFault['say'], row = this.#row()): undefined {
    this.faults.push({ row, say });
    return undefined;
  }

  #text(field: Field): string {
    // A file of ours may have gone through a spreadsheet program, which keeps the apostrophes.
    return restoredCell(cleanLine(textOf(this.#cells(field))));
  }

  /** Words in both languages; where only one is written it stands for both. */
  #words(): Words | undefined {
    const [text, english] = [this.#text('text'), this.#text('textEn')];
    if (!text || text.length > MAXIMUM_TEXT || english.length > MAXIMUM_TEXT) return this.fault(w => w.no_text());
    return { id: text, en: english || text };
  }

  #key(): string | undefined {
    const key = this.#text('key');
    return KEY.test(key) ? key : this.fault(w => w.no_key());
  }

  #whole(field: Field): number | undefined {
    const typed = this.#text(field);
    const value = Number(typed);
    if (typed !== '' && Number.isInteger(value)) return value;
    return this.fault((w, m) => w.no_number({ field: m.assessment.import.headings[field][0]! }));
  }

  #meanings(): Words[] | undefined {
    const parts = (field: Field): string[] =>
      this.#text(field)
        .split('|')
        .map(part => part.trim());
    const [own, english] = [parts('levels'), parts('levelsEn')];
    if (own.every(part => part === '')) return undefined;
    return own.map((id, i) => ({ id: id || '–', en: english[i] || id || '–' }));
  }

  instrument(): void {
    if (this.rows.instrument) {
      this.fault(w => w.instrument_twice());
      return;
    }
    this.rows.instrument = this.#row();
    const [key, name, version] = [this.#key(), this.#words(), this.#text('value')];
    if (!version || version.length > 20) this.fault(w => w.no_version());
    if (key !== undefined) this.draft.key = key;
    this.draft.version = version;
    if (name) this.draft.name = name;
  }

  about(): void {
    this.draft.about = this.#words() ?? this.draft.about;
  }

  licence(): void {
    this.draft.licence = this.#words() ?? this.draft.licence;
  }

  source(): void {
    this.draft.source = this.#text('text').slice(0, 300) || null;
  }

  score(): void {
    const typed = this.#text('value').toLowerCase();
    if (typed === 'sum' || typed === 'percent') this.draft.score = typed;
    else this.fault(w => w.bad_score());
  }

  missing(): void {
    const typed = this.#text('value').toLowerCase();
    if (typed === 'zero' || typed === 'exclude') this.draft.missing = typed;
    else this.fault(w => w.bad_missing());
  }

  least(): void {
    const value = this.#whole('value');
    if (value === undefined) return;
    if (value >= 0 && value <= 100) this.draft.least = value;
    else this.fault(w => w.bad_least());
  }

  level(): void {
    const [value, text] = [this.#whole('value'), this.#words()];
    if (value === undefined || !text) return;
    this.rows.level.push(this.#row());
    this.draft.levels.push({ value, text });
  }

  band(): void {
    const [from, to, name] = [this.#whole('from'), this.#whole('to'), this.#words()];
    if (from === undefined || to === undefined || !name) return;
    this.rows.band.push(this.#row());
    this.draft.bands.push({ from, to, name });
  }

  section(): void {
    const [key, name] = [this.#key(), this.#words()];
    // A section stands even where its name is wrong, so that its questions are not blamed for it.
    this.rows.section.push(this.#row());
    this.draft.sections.push({ key: key ?? '', name: name ?? { id: '–', en: '–' }, questions: [] });
  }

  question(): void {
    const section = this.draft.sections.at(-1);
    if (!section) {
      this.fault(w => w.no_section());
      return;
    }
    const [key, text] = [this.#key(), this.#words()];
    const weight = this.#text('weight') === '' ? undefined : Number(this.#text('weight'));
    const levels = this.#meanings();
    if (key === undefined || !text) return;
    this.rows.question.push(this.#row());
    section.questions.push({ key, text, ...(weight !== undefined && { weight }), ...(levels && { levels }) });
  }

  /** Faults of the whole, each at the row that causes it. */
  whole(): void {
    const { draft, rows } = this;
    if (!rows.instrument) this.fault(w => w.no_instrument(), 1);
    if (!draft.about.id) draft.about = draft.name;
    for (const part of ['level', 'band', 'section'] as const)
      if (rows[part].length > MAXIMUM[part]) this.fault(w => w.too_many_levels(), rows[part].at(-1));
    for (const fault of faultsOf(draft)) this.fault(w => said(w, fault, rows), rowOf(fault, rows));
    this.faults.sort((a, b) => a.row - b.row);
  }
}

function rowOf(fault: FrameworkFault, rows: Rows): number {
  switch (fault.why) {
    case 'question_twice':
    case 'bad_weight':
    case 'level_texts':
      return rows.question[fault.index]!;
    case 'section_twice':
    case 'empty_section':
      return rows.section[fault.index]!;
    case 'level_order':
      return rows.level[fault.index]!;
    case 'band_backwards':
    case 'band_overlap':
    case 'band_hole':
    case 'band_end':
      return rows.band[fault.index]!;
    case 'no_questions':
    case 'too_many_questions':
    case 'few_levels':
      return rows.instrument || 1;
  }
}

function said(w: Why, fault: FrameworkFault, rows: Rows): string {
  if (fault.why === 'question_twice') return w.question_twice({ key: fault.key, row: rows.question[fault.first]! });
  return (w[fault.why] as (fault: FrameworkFault) => string)(fault);
}

const FIELDS: readonly Field[] = [
  'part',
  'key',
  'text',
  'textEn',
  'value',
  'from',
  'to',
  'weight',
  'levels',
  'levelsEn',
];

const headingsOf = (catalogues: readonly Messages[]): Headings =>
  Object.fromEntries(FIELDS.map(field => [field, catalogues.flatMap(m => m.assessment.import.headings[field])]));

/** Returns what a row may be called, in every language. */
function partsOf(catalogues: readonly Messages[]): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  for (const m of catalogues)
    for (const [part, word] of Object.entries(m.assessment.import.parts)) {
      found.set(headingKey(word), part as Part);
      found.set(headingKey(part), part as Part);
    }
  return found;
}

/**
 * Reads an instrument out of a CSV file or a workbook: a row for the instrument itself, and one for each section,
 * question, answer and level. All that is wrong is told with its row, and then nothing of it is used.
 * @throws UnreadableFile
 */
export async function readFrameworkFile(
  bytes: Uint8Array,
  catalogues: readonly Messages[],
): Promise<{ readonly framework: Framework } | { readonly faults: readonly FileFault[] }> {
  const table = findTable(await openTables(bytes), headingsOf(catalogues), [['part'], ['key'], ['text']]);
  if (!table) return { faults: [{ row: 1, say: (_, m) => m.assessment.import.noTable }] };
  const parts = partsOf(catalogues);
  const { rows } = table.grid;
  let at = table.head;
  const cellOf = (field: Field): Cell => {
    const column = table.columns.get(field);
    return column === undefined ? null : (rows[at]?.[column] ?? null);
  };
  const reader = new FrameworkReader(cellOf, () => at + 1);
  for (at = table.head + 1; at < rows.length; at++) {
    if (rows[at]!.every(isBlank)) continue;
    const typed = textOf(cellOf('part')).trim();
    const part = parts.get(headingKey(typed));
    if (part) reader[part]();
    else reader.fault((w, m) => w.part({ typed, parts: Object.values(m.assessment.import.parts).join(', ') }));
  }
  reader.whole();
  return reader.faults.length ? { faults: reader.faults } : { framework: reader.draft };
}

/** A fault as people read it. */
export const faultText = (m: Messages, { row, say }: FileFault): string =>
  m.assessment.import.at({ row, why: say(m.assessment.import.why, m) });
