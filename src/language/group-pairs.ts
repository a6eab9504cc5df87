/** A pair of a text: `L=41`, `60+: 5`; `-` takes a group out. */
const PAIR = /\s*([^=:;\n]{1,60}?)\s*[=:]\s*(\d[\d.,]*\d|\d|-)(?:\s*[,;\n]\s*|\s+|\s*$)/y;
/** Pairs without a sign between them: `L 41 P 27`, and `41 L, 27 P`. */
const NAME_FIRST = /\s*(\p{L}[^\d,;]*?)\s*(\d[\d.]*)(?:\s*[,;]\s*|\s+|\s*$)/uy;
const NUMBER_FIRST = /\s*(\d[\d.]*)\s*(\p{L}[^\d,;]*?)\s*(?:[,;]\s*|(?=\d)|$)/uy;

/** The pairs of a name and an amount that a text is made of, both as typed; null where it is not made of pairs alone. */
export function pairsIn(typed: string): readonly (readonly [name: string, amount: string])[] | null {
  const text = typed.trim();
  if (/[=:]/.test(text)) return all(text, PAIR, ([, name, amount]) => [name!, amount!]);
  return /^\d/.test(text)
    ? all(text, NUMBER_FIRST, ([, amount, name]) => [name!, amount!])
    : all(text, NAME_FIRST, ([, name, amount]) => [name!, amount!]);
}

function all(
  text: string,
  pattern: RegExp,
  pair: (found: RegExpExecArray) => readonly [string, string],
): (readonly [string, string])[] | null {
  const found: (readonly [string, string])[] = [];
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const next = pattern.exec(text);
    if (!next?.[1]) return null;
    found.push(pair(next));
  }
  return found.length ? found : null;
}
