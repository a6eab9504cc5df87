import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('a forum in the terminal on $name', ({ open }) => {
  it('is set up, logs activities, finds them again, and raises and resolves an issue', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji" announce:pengumuman issues:isu',
      '/partner add "BPBD Kota" sector:government',
      '/mitra tambah Unpad sektor:akademisi',
      '/goal add "Siaga banjir" due:31/12/2026',
    );
    const logged = await world.run(
      '/activity log "Pelatihan evakuasi" kind:training participants:45 women:20 partners:"BPBD Kota, Unpad" goal:T-1',
    );
    expect(logged.text).toContain('Kegiatan K-1 tercatat');
    expect(logged.posts.map(post => post.to)).toEqual(['#pengumuman']);
    expect((await world.run('/kegiatan cari evakuasi')).text).toContain('K-1');
    await world.all('@siti /issue raise Saluran tersumbat severity:high', ':click "Saya tangani"');
    expect((await world.run('/issue resolve I-1')).error?.code).toBe('missing_option');
    const resolved = await world.run(':fill resolution="Sudah bersih"');
    expect(resolved.text).toContain('Isu I-1 selesai');
    // The card is brought up to date, and below it stands what was done.
    expect(resolved.posts.map(post => post.to)).toEqual(['#isu', '#isu']);
    expect(resolved.posts[1]!.text).toBe('sari: menyelesaikan: Sudah bersih');
    expect(world.logged).toEqual([]);
  });

  it('tells the coordinators and the person who is made a coordinator or is none any more, and by whom', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji coordinators:koor', '@budi /goal list');
    const said = async (line: string) => (await world.run(line)).posts.map(post => [post.to, post.text]);
    const made = [expect.stringContaining('budi sekarang koordinator'), expect.stringContaining('oleh sari')];
    const posts = await said('/forum coordinator budi action:add');
    expect(posts.map(([to]) => to)).toEqual(['#koor', '@budi']);
    for (const [, text] of posts) for (const part of made) expect(text).toEqual(part);
    const gone = await said('/forum coordinator budi action:remove');
    expect(gone.map(([to]) => to)).toEqual(['#koor', '@budi']);
    expect(gone[1]![1]).toContain('budi bukan koordinator lagi');
  });

  it('tells each coordinator directly where they have no channel, and nobody twice', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '@budi /goal list');
    const to = async (line: string) => (await world.run(line)).posts.map(post => post.to).sort();
    expect(await to('/forum coordinator budi action:add')).toEqual(['@budi', '@sari']);
    expect(await to('/forum coordinator budi action:remove')).toEqual(['@budi', '@sari']);
  });
});

it.each(databases)(
  'on a terminal, what is typed is completed by the codes of things whose names fit ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/activity log "Pelatihan evakuasi"', '/partner add "BPBD Kota"');
    expect(await world.session.completions('/activity show evak')).toEqual({ typed: 'evak', candidates: ['K-1'] });
    expect((await world.session.completions('/kegiatan catat x mitra:bp')).candidates).toEqual(['M-1']);
    expect((await world.session.completions('/nothing x')).candidates).toEqual([]);
  },
);

it.each(databases)('a name of a thousand words names nothing, and is no bug ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup Uji', '/goal add Siaga');
  const long = 'siaga '.repeat(1_000);
  for (const line of [`/goal show "${long}"`, `/issue show "${long}"`, `/activity search "${long}"`])
    expect((await world.run(line)).error?.code).not.toBe('internal');
  expect(world.logged).toEqual([]);
});
