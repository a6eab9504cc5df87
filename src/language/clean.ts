/** Controls but newline, the invisible, and what turns the reading direction; joiners are looked at apart. */
const UNWANTED =
  /(?!\n)\p{Cc}|[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** More than three combining marks on one letter are there to disturb. */
const STACKED = /(\p{M}{3})\p{M}+/gu;

/** A zero-width joiner is kept between emoji alone. */
const LONE_JOINER =
  /(?<!\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/**
 * Text of several lines as we keep it: NFC, well formed, without control, direction or invisible characters.
 * Cleaning what is clean changes nothing.
 */
export function clean(typed: string): string {
  let text = typed.toWellFormed().replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(UNWANTED, '').replace(LONE_JOINER, '').normalize('NFC').replace(STACKED, '$1');
  }
  return text;
}

/** As `clean`, for one line: runs of blanks become one space. */
export const cleanLine = (typed: string): string => clean(typed).replace(/\s+/gu, ' ').trim();
