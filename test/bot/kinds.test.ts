import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)('a whole number may be typed with the thousands of either language ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup "Forum Uji"');
  const [indonesian, english] = await world.all(
    '/activity log "Simulasi gempa" kind:training participants:1.234',
    '/activity log "Simulasi banjir" kind:training participants:"1,234"',
  );
  expect(indonesian).toContain('1.234');
  expect(english).toContain('1.234');
});

it.each(databases)(
  'a value that is confirmed with a button is the one that was typed, in either language ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      '/partner add A sector:government',
      '/partner assign ani partner:A role:representative',
      '/indicator add "Air" unit:liter direction:up baseline:1850 target:3000 frequency:quarterly aggregate:latest partner:A',
    );
    const asked = await world.run('@ani /indicator report N-1 value:"125,1250"');
    await world.all('@ani :click "Ya, simpan"', '@ani /me language en');
    const again = await world.run('@ani /indicator report N-1 value:25.1250');
    await world.all('@ani :click "Yes, save it"');
    expect([asked.error?.code, again.error?.code]).toEqual(['conflict', 'conflict']);
    const { reports } = world.store.tables;
    const saved = await world.store.read.select({ value: reports.value }).from(reports).orderBy(reports.seq);
    expect(saved).toEqual([{ value: '125.125' }, { value: '25.125' }]);
  },
);

it.each(databases)(
  'many digits, such as a pasted id of Discord, are no number of a member ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"', '/partner add A sector:government');
    const pasted = await world.run('/partner assign 812345678901234567 partner:A role:representative');
    expect(pasted.error?.code).toBe('invalid_option');
    expect(pasted.text).toContain('812345678901234567');
  },
);

it.each(databases)('a choice is still read by a word that it was typed by before ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all(
    '/forum mulai "Forum Uji"',
    '/forum koordinator ani tindakan:tambah',
    '/forum koordinator budi tindakan:tambah',
  );
  const [before, now] = await world.all(
    '/forum koordinator ani tindakan:berhentikan',
    '/forum koordinator budi tindakan:lepas',
  );
  expect(before).toContain('ani bukan koordinator lagi');
  expect(now).toContain('budi bukan koordinator lagi');
});
