import { YEAR } from '../stories/played-year/script.ts';
import type { aWorld } from '../world.ts';
import { type Counts, type Eyes, renderAll } from './all.ts';

/** A coordinator, two representatives, and somebody without a partner. */
export const PEOPLE: readonly Pick<Eyes, 'account' | 'role'>[] = [
  { account: 'sari', role: 'coordinator' },
  { account: 'bagus', role: 'representative' },
  { account: 'wati', role: 'representative' },
  { account: 'tamu', role: 'member' },
];

/** Plays the year of ten partners, line by line; `monthEnd` is done at the end of each month, the 14th is after it all. */
export async function playYear(
  world: Awaited<ReturnType<typeof aWorld>>,
  {
    said = () => {},
    monthEnd = async () => {},
  }: {
    said?: (line: string, result: Awaited<ReturnType<typeof world.run>>) => void;
    monthEnd?: (month: number) => Promise<void>;
  },
): Promise<void> {
  let month = 0;
  for (const line of YEAR) {
    const result = await world.run(line);
    if (!result.ok) throw new Error(`${line}\n${result.text}`);
    said(line, result);
    if (line.startsWith('/forum setup')) await world.all('@tamu /forum show');
    if (line.startsWith(':skip') || line === YEAR.at(-1)) await monthEnd(++month);
  }
}

/** Renders all that some of those people see of the forum as it is, and all that was posted lately. */
export async function renderFor(
  world: Awaited<ReturnType<typeof aWorld>>,
  eyes: readonly Omit<Eyes, 'flavour'>[],
  counts: Counts,
): Promise<void> {
  const [forum] = await world.store.read.select().from(world.store.tables.forums);
  for (const one of eyes) await renderAll({ world, forum: forum! }, { ...one, flavour: 'plain' }, counts);
}
