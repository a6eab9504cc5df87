import { activities } from './activities.ts';
import { agreements } from './agreements.ts';
import { goals } from './goals.ts';
import { indicators } from './indicators.ts';
import { money } from './money.ts';
import { partners } from './partners.ts';
import type { ImportKind, KindOfImport } from './plan.ts';
import { submissions } from './submissions.ts';
import { values } from './values.ts';

/** Readers and writers of each kind's rows. What one kind writes another one need not know. */
export const KINDS: Readonly<Record<ImportKind, KindOfImport<unknown>>> = {
  partners: partners as KindOfImport<unknown>,
  goals: goals as KindOfImport<unknown>,
  indicators: indicators as KindOfImport<unknown>,
  values: values as KindOfImport<unknown>,
  activities: activities as KindOfImport<unknown>,
  agreements: agreements as KindOfImport<unknown>,
  money: money as KindOfImport<unknown>,
  kobo: submissions as KindOfImport<unknown>,
};
