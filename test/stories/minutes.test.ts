import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../src/domain/evidence.ts';
import { partsOf } from '../../src/domain/files/store.ts';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Kali" announce:umum coordinators:koor',
  '/digest schedule "0 8 1 1 *"',
  '/partner add BPBD',
  '/partner add Lumbung',
  '/partner assign ani partner:BPBD role:representative',
  '/partner assign budi partner:Lumbung role:representative',
  '/activity plan "Rapat bulanan" date:27/11/2026 kind:meeting partners:"BPBD, Lumbung"',
] as const;

const to = (posts: readonly { to: string; text: string }[]): string[] => posts.map(one => one.to);

describe.each(databases)('a meeting on $name', ({ open }) => {
  it('has an agenda that members propose and coordinators order, and the invitation carries it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /activity agenda K-1 "Pompa mana yang dibeli"',
      '@dewi /kegiatan agenda K-1 Perahu',
    );
    await world.all('@budi /activity agenda K-1 point:Lain-lain');
    expect((await world.run('@dewi /activity agenda K-1 order:3')).error?.code).toBe('forbidden');
    const ordered = await world.run('/activity agenda K-1 order:"3, 2" without:1');
    expect(ordered.text).toMatch(/3\. Lain-lain[\s\S]*2\. Perahu/);
    expect(ordered.text).not.toContain('Pompa mana');
    expect((await world.run('/activity agenda K-1 order:9')).error?.code).toBe('not_found');
    expect((await world.run('/activity show K-1')).text).toMatch(/Pokok bahasan[\s\S]*3\. Lain-lain/);
    const reminder = await world.run(':skip 3d');
    expect(reminder.posts.find(post => post.to === '@ani')?.text).toContain('3. Lain-lain');
    await world.all('/activity done K-1');
    expect((await world.run('/activity agenda K-1 terlambat')).error?.code).toBe('closed');
    expect(world.logged).toEqual([]);
  });

  it('keeps minutes in a form that grows or from a file, with actions; correctable for seven days, then evidence', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/activity agenda K-1 Pompa', ':skip 3d', '/activity done K-1');
    expect((await world.run('@dewi /activity minutes K-1 text:"Keputusan: x"')).error?.code).toBe('forbidden');
    const first = await world.run('@ani /activity minutes K-1 text:"Keputusan: beli dua pompa"');
    expect(first.text).toMatch(/Keputusan[\s\S]*1\. beli dua pompa/);
    await world.run('@ani :click "Tulis notulen"');
    const grown = await world.run('@ani :fill teks="Tindakan: cari penawaran; budi; 30/11/2026"');
    expect(grown.text).toContain('A-1 cari penawaran · budi (Lumbung) · Sen, 30 Nov 2026');
    expect(to(grown.posts)).toEqual(['@budi']);
    const file = join(newFolder(), 'notulen.md');
    writeFileSync(
      file,
      [
        '# Rapat *bulanan*',
        '- Hadir 12 orang',
        '2. Keputusan: rapat lagi 20 Desember',
        '- [ ] siapkan gudang; Lumbung; 29/11/2026',
        'Tindakan: undang warga; BPBD; 5/12/2026',
        'Aksi: foto pompa; ani',
        'Tindakan: daftar hadir; 1/12/2026; sari',
        'Tindakan: kirim laporan',
      ].join('\n'),
    );
    const read = await world.run(`/activity minutes K-1 file:${file}`);
    for (const said of ['2. Rapat *bulanan*', '3. Hadir 12 orang', '4. rapat lagi', 'A-6 kirim laporan · belum ada'])
      expect(read.text).toContain(said);
    // Nothing of a file with a line that cannot be read is kept.
    const bad = await world.run('/activity minutes K-1 text:"Tindakan: x; BPBD; kapan-kapan; besok lusa"');
    expect(bad.error?.code).toBe('invalid_option');
    expect((await world.run('/activity minutes K-1 text:"Keputusan: beli tiga pompa" line:1')).text).toContain(
      '1. beli tiga pompa',
    );
    expect((await world.run('/activity minutes K-1 line:2')).text).not.toContain('*bulanan*');
    expect((await world.run('/activity minutes K-1 line:2')).error?.code).toBe('not_found');
    // What is agreed stands among what waits for people, and can be seen from the meeting.
    expect((await world.run('@budi /me tasks')).text).toMatch(/A-2 siapkan gudang[\s\S]*A-1 cari penawaran/);
    expect((await world.run('/action list from:K-1')).text).toContain('A-6');
    await world.all(
      '@ani /action done A-3 result:beres',
      '/action hand A-4 member:sari',
      '/action cancel A-6 reason:x',
    );
    const week = await world.run(':skip 11d');
    expect(week.posts.some(post => post.to === '#koor' && post.text.includes('Terlambat'))).toBe(true);
    expect((await world.run('/activity minutes K-1 text:Lagi')).error?.code).toBe('closed');
    const { store } = world;
    const [forum] = await store.read.select().from(store.tables.forums);
    const kept = await filesOf(store.read, forum!.id, 'activity', 1);
    expect(kept.map(one => one.name)).toEqual(['notulen-K-1.md', 'notulen-K-1.docx']);
    const bytes = async (hash: string): Promise<Buffer> => {
      const parts: Buffer[] = [];
      for await (const part of partsOf(store.read, forum!.id, hash)) parts.push(part);
      return Buffer.concat(parts);
    };
    const markdown = (await bytes(kept[0]!.hash)).toString();
    expect(markdown).toContain('# Notulen K-1 Rapat bulanan');
    expect(markdown).toMatch(/## Keputusan\s+- beli tiga pompa\s+- rapat lagi 20 Desember/);
    expect(markdown).toContain('A-3 undang warga');
    const word = Buffer.from(unzipSync(await bytes(kept[1]!.hash))['word/document.xml']!).toString();
    expect(word).toContain('beli tiga pompa');
    expect((await world.run('/activity show K-1')).text).toContain('notulen-K-1.docx');
    expect(world.logged).toEqual([]);
  });

  it('shows the minutes of the last drill beside those of the next', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/activity log "Gladi satu" kind:drill date:1/11/2026',
      '/activity minutes K-2 text:"Sirene tidak terdengar"',
      '/activity log "Gladi dua" kind:drill date:20/11/2026',
    );
    expect((await world.run('/activity minutes K-3 text:"Sirene terdengar"')).text).toContain('K-2 Gladi satu');
    expect((await world.run('/activity minutes K-2')).text).not.toContain('Notulen sebelumnya');
  });

  it('that were begun before the meeting are open for seven days from its end', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/activity plan Rapat date:"7/12/2026 09.00-11.00"',
      '/activity minutes K-2 text:"Keputusan: pompa"',
      ':skip 17d',
    );
    expect((await world.run('/activity minutes K-2')).text).toContain('14 Des 2026 11.00 WIB');
    expect((await world.run('/activity minutes K-2 text:"Hadir 12"')).ok).toBe(true);
    await world.all(':skip 4d');
    expect((await world.run('/activity minutes K-2 text:Lagi')).error?.code).toBe('closed');
  });

  it('begun early stay open until a week after the meeting, wherever it moves, and are kept once', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/activity plan "Rapat bulanan" date:27/11/2026 time:10.00 repeat:"tiap tanggal 27"',
      '/activity minutes K-1 text:Awal',
      '/activity minutes K-2 text:Awal',
      '/activity move K-1 date:10/12/2026',
      '/activity edit K-1 date:14/12/2026',
      // Moving it forward takes none of the time away.
      '/activity move K-1 date:1/12/2026',
      '/activity move K-2 date:15/12/2026 which:following',
    );
    await world.run(':skip 14d');
    // The first end has passed: 4 December.
    await world.all('/activity minutes K-1 text:Nanti', '/activity minutes K-2 text:Nanti');
    expect((await world.run('/activity show K-1')).text).not.toContain('notulen-K-1');
    await world.run(':skip 15d');
    const [forum] = await world.store.read.select().from(world.store.tables.forums);
    for (const number of [1, 2]) {
      expect((await world.run(`/activity minutes K-${number} text:Lagi`)).error?.code).toBe('closed');
      const kept = await filesOf(world.store.read, forum!.id, 'activity', number);
      expect(kept.map(one => one.name)).toEqual([`notulen-K-${number}.md`, `notulen-K-${number}.docx`]);
    }
    expect(world.logged).toEqual([]);
  });
});
