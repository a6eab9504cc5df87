import { en } from './en/index.ts';
import { id, type Messages } from './id/index.ts';
import type { Locale } from './locale.ts';

export type { Messages };

export const catalogue: Readonly<Record<Locale, Messages>> = { id, en };
