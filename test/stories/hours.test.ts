import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup Uji announce:umum',
  '/partner add BPBD sector:government',
  '/partner assign ani partner:BPBD role:representative',
];

describe.each(databases)('a meeting at an hour on $name', ({ open }) => {
  it('is planned in one line, shown with its weekday, end and zone, and to each in their own time', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@dewi /me timezone WIT');
    const planned = await world.run('@ani /activity plan Rapat date:"20 jan 13.00-15.30"');
    expect(planned.text).toContain('Tanggal: Rabu, 20 Januari 2027 13.00–15.30 WIB');
    expect((await world.run('@dewi /activity show K-1')).text).toContain(
      'Rabu, 20 Januari 2027 13.00–15.30 WIB (20 Jan 2027 15.00 WIT)',
    );
    const own = await world.run('@dewi /activity plan Tanggap date:besok time:"jam 7 malam" until:21.00');
    expect(own.text).toContain('Rabu, 25 November 2026 19.00–21.00 WIT');
    expect((await world.run('/activity list')).text).toContain('Rab, 20 Jan 2027 13.00–15.30 WIB');
  });

  it('keeps its length and hours where it is moved, and its day where only the hour is', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@ani /activity plan Rapat date:"20 jan 13.00-15.30"');
    const moved = async (line: string) => (await world.run(`@ani /activity move K-1 ${line}`)).text.split('\n')[0];
    const to = (when: string) => `Kegiatan K-1 dipindahkan ke ${when}`;
    expect(await moved('21/1/2027')).toBe(to('Kamis, 21 Januari 2027 13.00–15.30 WIB'));
    expect(await moved('time:09.00')).toBe(to('Kamis, 21 Januari 2027 09.00–11.30 WIB'));
    expect(await moved('date:"22 jan 10.00"')).toBe(to('Jumat, 22 Januari 2027 10.00–12.30 WIB'));
    expect(await moved('until:12.00')).toBe(to('Jumat, 22 Januari 2027 10.00–12.00 WIB'));
    // An end that is said holds, also where the length would have gone on over midnight.
    expect(await moved('time:"22.30-23.30"')).toBe(to('Jumat, 22 Januari 2027 22.30–23.30 WIB'));
    expect(await moved('time:23.00')).toBe(to('Jumat, 22 Januari 2027 23.00 – Sabtu, 23 Januari 2027 00.00 WIB'));
    expect(await moved('time:"22.00-02.00"')).toBe(
      to('Jumat, 22 Januari 2027 22.00 – Sabtu, 23 Januari 2027 02.00 WIB'),
    );
    expect(await moved('time:"10.00-12.00"')).toBe(to('Jumat, 22 Januari 2027 10.00–12.00 WIB'));
    // Two hours go on over midnight and come back from it.
    expect(await moved('time:23.00')).toBe(to('Jumat, 22 Januari 2027 23.00 – Sabtu, 23 Januari 2027 01.00 WIB'));
    expect(await moved('date:"24 jan 22.30"')).toBe(
      to('Minggu, 24 Januari 2027 22.30 – Senin, 25 Januari 2027 00.30 WIB'),
    );
    expect(await moved('time:"setengah delapan malam"')).toBe(to('Minggu, 24 Januari 2027 19.30–21.30 WIB'));
    expect(await moved('date:"25-27 jan 2027" time:seharian')).toBe(
      to('Senin, 25 Januari 2027 – Rabu, 27 Januari 2027'),
    );
    expect(await moved('date:1/2/2027')).toBe(to('Senin, 1 Februari 2027 – Rabu, 3 Februari 2027'));
  });

  it('that is a night ends at the next such hour after it begins, where an hour alone is named', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@ani /activity plan Ronda date:"22 jan 20.00" until:24.00');
    const moved = async (line: string) => (await world.run(`@ani /activity move K-1 ${line}`)).text.split('\n')[0];
    const to = (when: string) => `Kegiatan K-1 dipindahkan ke ${when}`;
    const [day, next] = ['Jumat, 22 Januari 2027', 'Sabtu, 23 Januari 2027'];
    expect(await moved('until:02.00')).toBe(to(`${day} 20.00 – ${next} 02.00 WIB`));
    expect(await moved('until:24.00')).toBe(to(`${day} 20.00 – ${next} 00.00 WIB`));
    expect((await world.run('@ani /activity move K-1 until:24.00')).text).not.toContain('24 Januari');
    expect(await moved('until:23.00')).toBe(to(`${day} 20.00–23.00 WIB`));
    expect(await moved('until:"23 jan 02.00"')).toBe(to(`${day} 20.00 – ${next} 02.00 WIB`));
    expect(await moved('time:01.00 until:03.00')).toBe(to(`${day} 01.00–03.00 WIB`));
  });

  it('asks what cannot be, and loses nothing', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const night = await world.run('@ani /activity plan Ronda date:"besok 22.00-04.00"');
    expect(night).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
    expect(
      (await world.run('@ani :click "Rabu, 25 November 2026 22.00 – Kamis, 26 November 2026 04.00 WIB"')).text,
    ).toContain('K-1 Ronda');
    // Midnight is of two days, and a date has one weekday.
    const midnight = await world.run('@ani /activity plan Jaga date:"besok jam 12 malam"');
    expect(midnight).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
    expect((await world.run('@ani :click "Kamis, 26 November 2026 00.00 WIB"')).text).toContain('K-2 Jaga');
    const other = await world.run('@ani /activity plan Apel date:"Senin, 20 Januari 2027 09.00"');
    expect(other).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
    expect((await world.run('@ani :click "Rabu, 20 Januari 2027 09.00 WIB"')).text).toContain('K-3 Apel');
    const ends = 'Jumat, 27 November 2026 22.00 – Sabtu, 28 November 2026 00.00 WIB';
    for (const [n, when] of ['date:"27 nov 22.00-24.00"', 'date:"27 nov 22.00" until:"tengah malam"'].entries())
      expect((await world.run(`@ani /activity plan "Jaga ${n}" ${when}`)).text).toContain(ends);
    // A year that was meant to be the next one: planned as it was said, and told.
    const past = await world.run('@ani /activity plan Gladi date:"20/1/2026 09.00"');
    expect(past.text).toMatch(/sudah lewat[\s\S]*\[Ubah tanggal\]/);
    const backwards = await world.run('@ani /activity plan X date:"27-25 jan 2027"');
    expect(backwards.error?.code).toBe('invalid_option');
    expect(backwards.text).toContain('(Senin, 25 Januari 2027) tidak dapat mendahului');
    expect((await world.run('@ani /activity plan X date:"30 feb 2027 09.00"')).error?.code).toBe('invalid_option');
    expect((await world.run('@ani /activity plan X date:besok until:12.00')).error?.code).toBe('missing_option');
    expect((await world.run('@ani /activity plan X date:"besok 9.00" time:10.00')).text).toContain('berbeda');
    // In March 2027 the clocks of Amsterdam skip from 02:00 to 03:00, in October they show 02:30 twice.
    const skipped = await world.run('@ani /activity plan X date:"28/3/2027 02.30 Europe/Amsterdam"');
    expect(skipped.text).toContain('tidak ada di Europe/Amsterdam');
    const twice = await world.run('@ani /activity plan X date:"31/10/2027 02.30 Europe/Amsterdam"');
    expect(twice.text).toContain('ada dua kali');
    const chosen = await world.run('@ani :click "Minggu, 31 Oktober 2027 02.30 +01:00"');
    expect(chosen.text).toContain('Minggu, 31 Oktober 2027 02.30 +01:00');
  });

  it('that a poll has found keeps its hour', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /poll create Rapat kind:date options:"1/12/2026 13.00; 2/12/2026" closes:3d',
      '@ani /poll vote J-1 choice:"1=ya"',
    );
    await world.all('/poll close J-1');
    expect((await world.run('/poll follow J-1')).text).toContain('Selasa, 1 Desember 2026 13.00 WIB');
  });
});
