import type { Identity } from '../../src/contract/act.ts';
import { fold } from '../../src/storage/words.ts';

/** The account behind a name in the terminal: the same name is the same person. */
export const identity = (name: string): Identity => ({ account: fold(name), home: '', name, admin: true });

/** A channel of the terminal, which is its name. */
export const channel = (name: string) => ({ id: name, name });
