/**
 * Controls but newline, and what shows nothing or turns the reading direction. Zero-width joiners and the selectors of
 * emoji are looked at apart.
 */
const UNWANTED = /(?!\n)\p{Cc}|(?![\u200d\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/** Line ends of all systems and of Unicode. */
const LINE_END = /\r\n?|[\u0085\u2028\u2029]/g;

/** More than three combining marks on one letter are there to disturb. */
const STACKED = /(\p{M}{3})\p{M}+/gu;

/** A zero-width joiner is kept between emoji alone. */
const LONE_JOINER =
  /(?<!\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** A selector is kept behind what has two looks: emoji, digits, `#` and `*`. */
const LONE_SELECTOR = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu;

/**
 * Text of several lines as we keep it: NFC, well formed, without control, direction or invisible characters.
 * Cleaning what is clean changes nothing.
 */
export function clean(typed: string): string {
  let text = typed.toWellFormed().replace(LINE_END, '\n').replace(/\t/g, ' ');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replace(UNWANTED, '')
      .replace(LONE_SELECTOR, '')
      .replace(LONE_JOINER, '')
      .normalize('NFC')
      .replace(STACKED, '$1');
  }
  return text;
}

/** Cleans like `clean`, to one line: a run of blanks becomes one space. */
export const cleanLine = (typed: string): string => clean(typed).replace(/\s+/gu, ' ').trim();

/** The beginning of a text, of so many UTF-16 units at most and never with half of a character at its end. */
export const cutAt = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** The beginning of a text, of so many UTF-16 units at most; a sign shows that there is more. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${cutAt(text, Math.max(0, most - 1))}…`;

/** Returns the entries of a typed list, which commas, semicolons or line breaks part. */
export const partsOfList = (typed: string): string[] =>
  typed
    .split(/[,;\n]/)
    .map(part => part.trim())
    .filter(Boolean);
