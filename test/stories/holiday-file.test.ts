import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { aWorld } from '../world.ts';

const calendar = (days: Readonly<Record<string, string>>): string =>
  [
    'BEGIN:VCALENDAR',
    ...Object.entries(days).flatMap(([date, name]) => [
      'BEGIN:VEVENT',
      `DTSTART;VALUE=DATE:${date}`,
      `SUMMARY:${name}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');

const file = (name: string, content: string): string => {
  const path = join(newFolder(), name);
  writeFileSync(path, content);
  return path;
};

describe.each(databases)('days off from a calendar file, on $name', ({ open }) => {
  it('are marked all at once from today on, and move what is planned; a year is known then', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    const days = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`2028${String(n + 1).padStart(2, '0')}03`, `Libur ${n + 1}`]),
    );
    const path = file('libur.ics', calendar({ ...days, '20200101': 'Dulu' }));
    const done = await world.run(`/forum holiday file:${path}`);
    expect(done.text).toContain('12 hari ditandai libur');
    expect(done.text).toContain('3 Januari 2028 Libur 1');
    expect(done.text).toContain('1 hari yang sudah lewat tidak diubah');
    const { holidays } = world.store.tables;
    expect(await world.store.read.select().from(holidays)).toHaveLength(12);
    const undone = await world.run(`/forum libur berkas:${path} libur:tidak`);
    expect(undone.text).toContain('12 hari ditandai hari kerja');
    expect((await world.store.read.select().from(holidays)).every(row => !row.off)).toBe(true);
    expect(world.logged).toEqual([]);
  });

  it('that cannot be read are refused in words, and nothing is marked', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    const refused = async (given: string, said: string, code = 'invalid_option') => {
      const result = await world.run(`/forum holiday ${given}`);
      expect([result.error?.code, result.text]).toEqual([code, expect.stringContaining(said)]);
    };
    const good = file('baik.ics', calendar({ 20280103: 'Libur' }));
    await refused(`file:${file('a.ics', 'tanggal;nama')}`, 'bukan kalender .ics');
    await refused(`file:${file('b.ics', `${calendar({ 20280103: 'A' }).replace('END:VCALENDAR', '')}`)}`, 'terpotong');
    await refused(`file:${file('c.ics', calendar({ 20280231: 'A' }))}`, 'Baris 3');
    await refused(`file:${file('d.ics', calendar({ 20200103: 'A' }))}`, 'sudah lewat');
    await refused(`31/12/2026 file:${good}`, 'bukan keduanya');
    await refused('file:tidak-ada.ics', 'berkas kalender .ics');
    await refused('', 'tanggal', 'missing_option');
    expect((await world.run(`@budi /forum holiday file:${good}`)).error?.code).toBe('forbidden');
    expect(await world.store.read.select().from(world.store.tables.holidays)).toEqual([]);
    await world.all('/forum holiday 31/12/2026 name:Cuti');
    expect(world.logged).toEqual([]);
  });
});
