import { en } from './en/index.ts';
import { id } from './id/index.ts';
import type { Locale } from './locale.ts';

/** Every word a person may see. Indonesian is written first; English is held to its keys and parameters. */
export type Messages = typeof id;

export const catalogue: Readonly<Record<Locale, Messages>> = { id, en };
