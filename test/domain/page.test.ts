import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)('a list that fills its page exactly has no next one; one row more has ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup Uji');
  const found = (shown: { text: string }) => shown.text.match(/\bI-\d+/g);
  for (let i = 1; i <= 10; i++) await world.all(`/issue raise "Isu ${i}"`);
  expect((await world.run('/issue list')).text).not.toContain('Berikutnya');
  await world.all('/issue raise "Isu 11"');
  const first = await world.run('/issue list');
  expect(first.text).toContain('Berikutnya');
  expect(found(first)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map(n => `I-${n}`));
  const last = await world.run(':click Berikutnya');
  expect(found(last)).toEqual(['I-1']);
  expect(last.text).not.toContain('Berikutnya');
});
