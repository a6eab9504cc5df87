import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)('a list that fills its page exactly has no next one; one row more has ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup Uji');
  const found = (shown: { text: string }) => shown.text.match(/\bI-\d+/g);
  for (let i = 1; i <= 20; i++) await world.all(`/issue raise "Isu ${i}"`);
  expect((await world.run('/issue list')).text).not.toContain('Berikutnya');
  await world.all('/issue raise "Isu 21"');
  const first = await world.run('/issue list');
  expect(first.text).toContain('Berikutnya');
  expect(found(first)).toEqual(Array.from({ length: 20 }, (_, i) => `I-${21 - i}`));
  expect(first.text).toContain('1–20 dari 21');
  const last = await world.run(':click Berikutnya');
  expect(found(last)).toEqual(['I-1']);
  expect(last.text).toContain('21–21 dari 21');
  expect(last.text).not.toContain('Berikutnya');
});
