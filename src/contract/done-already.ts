import type { Locale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { type View, view } from './view.ts';

/** Returns what a repeated act is answered where the first answer may be shown no more. */
export const doneAlready = (locale: Locale): View => view(catalogue[locale].core.doneAlready, { tone: 'good' });
