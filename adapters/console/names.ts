import type { Identity } from '../../src/contract/act.ts';
import { fold } from '../../src/storage/words.ts';

/** The account behind a name in the terminal: the same name is the same person. */
export const identity = (name: string): Identity => ({ account: fold(name), home: '', name, admin: true });

const NAMED = /^@(?:["“]([^"”\p{C}]{1,80})["”]|([\p{L}\p{N}._-]+))\s+(.*)$/su;

/** Reads `@siti …` or `@"Bu Siti" …`: the person who does what follows, and that. Null: nobody is named. */
export function namedIn(line: string): { readonly name: string; readonly rest: string } | null {
  const [found, quoted, bare, rest = ''] = NAMED.exec(line.trim()) ?? [];
  return found === undefined ? null : { name: quoted ?? bare ?? '', rest };
}

/** A channel of the terminal, which is its name. */
export const channel = (name: string) => ({ id: name, name });
