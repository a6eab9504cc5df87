import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/forum coordinator ani action:add',
] as const;

describe.each(databases)('an announcement on $name', ({ open }) => {
  it('names its places before it goes, goes to all, and tells who has not seen it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@budi /me show');
    const draft = await world.run('/forum umumkan "Rapat Jumat"');
    expect(draft.text).toContain('#umum (terminal)');
    expect(draft.posts).toEqual([]);
    const sent = await world.run(':click "Ya, kirim"');
    expect(sent.posts.map(post => `${post.to} ${post.text.split('\n')[0]}`)).toEqual(['#umum Pengumuman']);
    expect(sent.posts[0]!.text).toContain('Rapat Jumat');
    await world.all('@budi :click "Sudah saya baca"', '@budi /forum seen announcement:1');
    const unseen = (await world.run('/forum unseen announcement:1')).text;
    expect(unseen).toContain('1 sudah membaca, 2 belum');
    expect(unseen).not.toContain('budi');
    expect((await world.run('/forum send announcement:1')).error?.code).toBe('closed');
    expect((await world.run('@budi /forum announce Halo')).error?.code).toBe('forbidden');
    expect((await world.run('/forum seen announcement:9')).error?.code).toBe('not_found');
    expect(world.logged).toEqual([]);
  });

  it('of danger takes a second coordinator within five minutes, or a reason, even in quiet hours', async () => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-11-24T16:00:00Z') });
    await world.all(...FORUM, '/forum settings quiet_from:21.00 quiet_to:07.00');
    const draft = await world.run('/forum announce "Air naik" urgency:"peringatan dini"');
    expect(draft.posts.map(post => post.to)).toEqual(['#koor']);
    expect((await world.run('/forum send announcement:1')).error?.code).toBe('forbidden');
    const sent = await world.run('@ani /forum send announcement:1');
    expect(sent.posts.map(post => post.text.split('\n')[0])).toEqual(['‼ PERINGATAN DINI']);
    await world.all('/forum announce "Air surut" urgency:"peringatan dini"', ':skip 6m');
    expect((await world.run('@ani /forum send announcement:2')).error?.code).toBe('closed');
    await world.all(
      '/forum announce "Tanggul retak" urgency:"peringatan dini" reason:"Ani tidak terjangkau"',
      '/forum send announcement:3',
    );
    expect(world.logged).toEqual([]);
  });
});

it.each(databases)(
  'a warning names who has not seen it while they are ten, and counts them beyond ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
    for (let n = 1; n <= 9; n++) await world.all(`@anggota${n} /me show`);
    const warning = '/forum announce "Air naik" urgency:early_warning reason:siaga area:"-7.78,110.37 2 km"';
    await world.all(warning);
    const [few] = (await world.run('/forum send announcement:1')).posts;
    expect(few!.text).toContain('0; belum: anggota1, anggota2');
    expect(few!.text).toContain('lingkaran 2 km di -7.78,110.37');
    expect(few!.text).not.toContain('[Siapa yang belum]');
    await world.all('@anggota10 /me show', warning);
    const [many] = (await world.run('/forum send announcement:2')).posts;
    expect(many!.text).toContain('0; belum: 11 orang');
    expect((await world.run('@anggota1 :click "Siapa yang belum"')).text).toContain('anggota10');
    for (const wrong of ['-97.78,110.37 2', '-7.78,110.37', '-7.78,110.37 -7.79,110.37', '-7.78,110.37 0 km'])
      expect((await world.run(`/forum announce Air area:"${wrong}"`)).error?.code, wrong).toBe('invalid_option');
  },
);
