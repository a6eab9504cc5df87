import { readPeriod } from '../bot/read-period.ts';
import type { Frequency } from '../domain/indicators/periods.ts';
import { textOf } from './grid.ts';
import { decimalIn } from './numbers.ts';
import type { ImportContext } from './plan.ts';
import type { Row } from './row.ts';

/** The targets of single periods that a cell has: `2026-Q1=10; TW II 2026=20`. A fault where one cannot be read. */
export function periodTargetsIn(
  row: Row,
  { today, locale, writing }: Pick<ImportContext, 'today' | 'locale' | 'writing'>,
  frequency: Frequency,
): Record<string, string> | undefined {
  const cell = row.cell('periodTargets');
  if (cell === null) return undefined;
  const found: Record<string, string> = {};
  for (const part of textOf(cell)
    .split(/[;\n]/)
    .map(one => one.trim())
    .filter(Boolean)) {
    const [name = '', typed = ''] = part.split(/[=:]/).map(one => one.trim());
    const period = readPeriod(name, frequency, today);
    const target = decimalIn(typed, writing, locale);
    if (!period) row.fault('periodTargets', m => m.imports.why.noPeriod({ typed: name }));
    else if (target === null) row.fault('periodTargets', m => m.imports.why.noNumber({ typed }));
    else found[period.key] = target;
  }
  return Object.keys(found).length ? found : undefined;
}
