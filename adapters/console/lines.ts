import { hasOpenQuote } from '../../src/bot/parse.ts';

/** The console's own lines, each with its names; the first is the one that `:help` shows. */
const NAMES = {
  help: [':help', ':bantuan'],
  as: [':as', ':sebagai'],
  click: [':click', ':tekan'],
  fill: [':fill', ':isi'],
  skip: [':skip', ':maju'],
  save: [':save', ':simpan'],
  quit: [':quit', ':keluar', ':exit', ':q'],
} as const;

export type LineName = keyof typeof NAMES;

/** All names of these lines. */
export const LINE_NAMES: readonly string[] = Object.values(NAMES).flat();

/** Words that people type alone, before they know of slashes and colons. */
const WORDS: Readonly<Record<string, 'help' | 'quit'>> = {
  help: 'help',
  bantuan: 'help',
  '?': 'help',
  exit: 'quit',
  quit: 'quit',
  keluar: 'quit',
  selesai: 'quit',
};

/** Returns what a word alone asks for; null: nothing that is known. */
export const wordAlone = (line: string): 'help' | 'quit' | null => {
  const word = line.toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word]! : null;
};

/** One of the console's own lines with what stands behind its name; null: it is none. */
export function readLine(line: string): { readonly name: LineName; readonly argument: string } | null {
  const [typed = ''] = line.split(/\s+/);
  const found = Object.entries(NAMES).find(([, names]) => (names as readonly string[]).includes(typed.toLowerCase()));
  return found ? { name: found[0] as LineName, argument: line.slice(typed.length).trim() } : null;
}

/** The label behind `:click`, in quotes or brackets or not. */
export const labelIn = (argument: string): string => argument.replace(/^["“[]|["”\]]$/g, '');

/** Tells whether what is typed goes on in the next line: a quote of an act or of a form's field is still open. */
export const goesOn = (text: string): boolean =>
  /^\s*[/@:]/.test(text) && (hasOpenQuote(text) || (readLine(text)?.name === 'fill' && /=["“][^"”]*$/.test(text)));
