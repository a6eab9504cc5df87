import { courseOf, differences, oracleOf, recordFrom, SITUATIONS } from '../domain/indicators/courses.ts';
import { row, section } from './page.ts';

/** Holds the program against the oracle over so many random courses; fails on the first figure that differs. */
export function oracle(cases: number, seed: number): void {
  const counted: Record<string, number> = Object.fromEntries(Object.keys(SITUATIONS).map(name => [name, 0]));
  for (let i = 0; i < cases; i++) {
    const course = courseOf(seed + i);
    const found = differences(course, recordFrom(course));
    if (found.length) throw new Error(`seed ${seed + i}: ${found.join('\n')}`);
    const model = oracleOf(course);
    for (const [name, occurs] of Object.entries(SITUATIONS)) if (occurs(course, model)) counted[name]!++;
  }
  section('Figures against the oracle', '| situation | cases | of all |');
  row('all figures agree', cases.toLocaleString('en'), '100%');
  for (const [name, n] of Object.entries(counted)) {
    if (n < cases / 100) throw new Error(`${name} occurs in ${n} of ${cases} cases only`);
    row(name, n.toLocaleString('en'), `${((100 * n) / cases).toFixed(1)}%`);
  }
}
