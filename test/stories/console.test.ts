import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('the console on $name', ({ open }) => {
  it('presses a button that only another person saw, as whoever presses it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/partner add A', '/partner assign ani partner:A role:representative');
    await world.all('@ani /activity plan Gladi date:besok');
    expect((await world.run('@siti :click "Tandai selesai"')).error?.code).toBe('forbidden');
    expect((await world.run(':click "Mark as done"')).text).toContain('Kegiatan K-1');
    expect((await world.run(':click Terbang')).error?.code).toBe('not_found');
  });

  it('submits the form that the last act opened, as whoever opened it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/issue raise Banjir', '/issue raise Longsor');
    await world.run('/issue resolve I-2');
    await world.run('@siti /issue comment I-1');
    expect((await world.run('@budi :fill text=Apa')).error?.code).toBe('not_found');
    const filled = await world.run(':fill text="Air naik"');
    expect([filled.ok, filled.actor]).toEqual([true, 'siti']);
    // The one that sari had begun is still theirs.
    const own = await world.run(':fill resolution="Sudah aman"');
    expect([own.actor, own.text]).toEqual(['sari', expect.stringContaining('I-2')]);
    expect((await world.run(':fill resolution=Lagi')).error?.code).toBe('not_found');
  });

  it('one may be somebody whose name has several words', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', ':as "Bu Sari"');
    expect((await world.run('/me show')).text).toContain('Nama: Bu Sari');
    await world.all(':as Pak Budi');
    expect((await world.run('/me show')).actor).toBe('Pak Budi');
    expect((await world.run('@"Bu Sari" /me show')).actor).toBe('Bu Sari');
    expect((await world.run('/me show')).actor).toBe('Pak Budi');
    const nobody = await world.run(':as');
    expect(nobody.error).toEqual({ code: 'missing_option', message: 'Masih kurang: :as (nama anggota).' });
  });

  it('takes what stands before the next field as the value of a field, and drops nothing', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    await world.run('/issue raise');
    const stray = await world.run(':fill Saluran tersumbat');
    expect(stray.error).toEqual({
      code: 'invalid_option',
      message:
        'Isian :fill tidak dapat menerima “Saluran tersumbat”. Yang diterima: NAMA=NILAI, misalnya judul="Saluran tersumbat".',
    });
    await world.all(':fill judul=Saluran di https://x.id/?a=b tersumbat uraian=Sejak Senin, di hilir tingkat="tinggi"');
    const shown = (await world.run('/issue show I-1')).text;
    for (const kept of ['Saluran di https://x.id/?a=b tersumbat', 'Sejak Senin, di hilir', 'tinggi'])
      expect(shown).toContain(kept);
  });

  it('names the buttons that there are where one is not found, and what is missing behind a name', async () => {
    await using world = await aWorld({ store: await open() });
    expect((await world.run(':click Terbang')).error?.message).not.toContain('Yang ada');
    await world.all('/forum setup Uji');
    expect((await world.run(':click Terbang')).error?.message).toContain('Yang ada: “Tambah');
    expect((await world.run(':click')).error?.message).toContain(':click (label sebuah tombol');
    for (const name of ['@siti', '@"Bu Siti"', '@'])
      expect((await world.run(name)).error?.message).toBe(
        `Masih kurang: ${name} (perintah di belakangnya, misalnya /bantuan).`,
      );
  });

  it('says what a span of time is where none was given', async () => {
    await using world = await aWorld({ store: await open() });
    expect((await world.run(':skip abc')).error).toEqual({
      code: 'invalid_option',
      message: 'Isian :skip tidak dapat menerima “abc”. Yang diterima: lama waktu, misalnya 90m, 3d, atau 2w.',
    });
    expect((await world.run(':skip')).error?.code).toBe('missing_option');
  });

  it('says what time it is where a skip sends nothing, in the language and zone of the person who types', async () => {
    await using world = await aWorld({ store: await open() });
    expect((await world.run(':skip 90m')).text).toMatch(/^Jam dimajukan ke .* WIB\. Tidak ada kiriman\.$/);
    await world.all('/forum setup Uji', '@ani /me show', '@ani /me language en', '@ani /me timezone Asia/Jayapura');
    expect((await world.run(':skip 90m')).text).toMatch(/^Jam dimajukan ke .* WIB\./);
    await world.all(':as ani');
    expect((await world.run(':skip 90m')).text).toMatch(/^The clock was moved to .* WIT\. Nothing was sent\.$/);
    expect((await world.run(':skip soon')).error?.message).toMatch(/^The option :skip cannot take/);
    await world.all(':as sari', '/digest schedule "0 8 * * *" empty:yes');
    const { text, posts } = await world.run(':skip 2d');
    expect([text, posts.length > 0]).toEqual(['', true]);
  });

  it('names a page with its size, and writes out a short text', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/activity plan Gladi date:besok');
    const page = await world.run('/report 1/11/2026 format:html');
    expect(page.text).toMatch(/\[rembug-2026-11-01-2026-11-24\.html, \d+ KiB\]/);
    expect(page.text).not.toContain('<html');
    expect((await world.run('/activity calendar K-1')).text).toMatch(/\[K-1\.ics, 1 KiB\][\s\S]*BEGIN:VCALENDAR/);
  });

  it('an edit that changes nothing is refused, and says what to do', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/partner add A', '/activity log B', '/indicator add C');
    const lines = ['/partner edit M-1', '/activity edit K-1', '/indicator edit N-1', '/forum settings'];
    for (const line of [...lines, '/digest schedule'])
      expect((await world.run(line)).error, line).toEqual({
        code: 'missing_option',
        message: expect.stringContaining('sebutkan sedikitnya satu isian.'),
      });
    expect(world.logged).toEqual([]);
  });
});
