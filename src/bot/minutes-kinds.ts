import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import type { MinuteKind } from '../domain/minutes.ts';
import { clean } from '../language/clean.ts';
import { readDate } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Doer, doer } from './action-kinds.ts';
import { invalid, type Kind, type KindInput, typedOf } from './kind.ts';
import { textFile } from './text-file.ts';

/** Task that minutes name: what, who, by when. */
export interface ActionLine {
  readonly kind: 'action';
  readonly title: string;
  readonly who: Doer | undefined;
  readonly due: string | null;
}

/** A line of minutes as it was written. */
export type WrittenLine = { readonly kind: MinuteKind; readonly content: string } | ActionLine;

/** Describes what was written, with the lines that it holds. */
export interface Written {
  readonly raw: string;
  readonly lines: readonly WrittenLine[];
}

/** Maximum length of a line, characters. */
const LINE = 1_000;
/** Maximum length of an action's title, characters. */
const TITLE = 200;
/** Maximum number of lines that are written at once. */
const LINES = 300;
/** Maximum length of what a form takes, characters. */
const FORM = 3_000;

const BULLET = /^\s*(?:[-*•–]|\d{1,3}[.)])\s+/;
const HEADING = /^\s*#+\s*/;
const DECISION = /^(?:keputusan|putusan|diputuskan|decisions?|decided)\s*:\s*/i;
const ACTION = /^(?:tindakan|aksi|tugas|actions?|to-?do)\s*:\s*|^\[ ?\]\s*/i;
const NOTE = /^(?:catatan|notes?)\s*:\s*/i;

/**
 * Reads minutes, a line each: `keputusan:` (decision:) begins a decision, `tindakan:` (action:) what is to be done, with
 * who and by when behind semicolons; anything else is a note. Bullets and the signs of headings are left out.
 */
async function linesIn(raw: string, r: KindInput): Promise<WrittenLine[]> {
  const found: WrittenLine[] = [];
  for (const typed of clean(raw).split('\n')) {
    const line = typed.replace(HEADING, '').replace(BULLET, '').trim();
    if (!line) continue;
    if (line.length > LINE) throw new Refusal('invalid_option', m => m.minutes.tooLong({ max: LINE }));
    if (ACTION.test(line)) found.push(await actionIn(line.replace(ACTION, ''), r));
    else if (DECISION.test(line)) found.push({ kind: 'decision', content: line.replace(DECISION, '').trim() });
    else found.push({ kind: 'note', content: line.replace(NOTE, '').trim() });
  }
  if (found.length > LINES) throw new Refusal('invalid_option', m => m.minutes.tooMany({ max: LINES }));
  return found.filter(one => one.kind === 'action' || one.content !== '');
}

async function actionIn(line: string, r: KindInput): Promise<ActionLine> {
  const [title = '', ...rest] = line.split(/\s*[;|]\s*/);
  if (!title.trim() || title.length > TITLE)
    throw new Refusal('invalid_option', m => m.minutes.noTitle({ line, max: TITLE }));
  let due: string | null = null;
  let who: Doer | undefined;
  for (const part of rest.filter(Boolean)) {
    const date: string | null = due === null ? readDate(part, r.ctx) : null;
    if (date) due = date;
    else if (who) throw new Refusal('invalid_option', m => m.minutes.notRead({ line, part }));
    else who = await doer().read({ typed: part }, r);
  }
  return { kind: 'action', title: title.trim(), who, due };
}

/** Minutes as they are typed, into a form or behind the option's name. */
export const minutesText = (): Kind<Written> => ({
  input: 'paragraph',
  longest: FORM,
  allowed: () => z.custom<Written>(value => typeof value === 'object'),
  print: value => value.raw,
  accepts: (m, r) => m.core.acceptsText({ max: formatNumber(FORM, r.locale) }),
  async read(raw, r) {
    const typed = clean(typedOf(raw)).trim();
    if (!typed || typed.length > FORM) throw invalid(this, raw, r);
    return { raw: typed, lines: await linesIn(typed, r) };
  },
});

/** Minutes in a text file. */
export const minutesFile = (): Kind<Written> => {
  const file = textFile(m => m.minutes.acceptsFile);
  return {
    ...file,
    allowed: () => z.custom<Written>(value => typeof value === 'object'),
    print: () => '',
    async read(raw, r) {
      const text = await file.read(raw, r);
      return { raw: text, lines: await linesIn(text, r) };
    },
  };
};
