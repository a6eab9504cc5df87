import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

/** Two partners with people, and dodi, who was let into A. */
const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/me language en',
  '/partner add A',
  '/partner add B',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
  '/partner assign dodi partner:A role:member',
] as const;

describe.each(databases)('who acts for a partner on $name', ({ open }) => {
  async function aForum(...lines: string[]) {
    const world = await aWorld({ store: await open() });
    await world.all(...FORUM, ...lines);
    const code = async (line: string) => (await world.run(line)).error?.code;
    return { ...world, code };
  }

  it('R5: joining is a request that representative, alternate or coordinator answers', async () => {
    await using world = await aForum();
    const asked = await world.run('@eve /partner join A');
    expect(asked.text).toContain('eve meminta bergabung dengan A');
    expect(asked.posts.map(post => post.to)).toEqual(['@ani']);
    // Until then one is a member of the forum, and no more.
    expect(await world.code('@eve /finance record "Sewa" out 5000000')).toBe('forbidden');
    expect((await world.run('/partner show A')).text).toContain('Asking to join: eve');
    expect(await world.code('@eve /partner request M-1 eve accept')).toBe('forbidden');
    expect(await world.code('@dodi /partner request M-1 eve accept')).toBe('forbidden');
    expect(await world.code('@budi /partner request M-1 eve accept')).toBe('forbidden');
    expect(await world.code('@ani /partner request M-1 nobody accept')).toBe('not_found');
    expect(await world.code('@eve /partner join A')).toBe('conflict');
    const accepted = await world.run('@ani :click Terima');
    expect(accepted.posts).toEqual([{ to: '@eve', text: expect.stringContaining('A') }]);
    await world.all('@eve /finance record "Sewa" out 5000000');
    expect(await world.code('@ani /partner request M-1 eve accept')).toBe('not_found');
    // Declined: told, and free to ask another one.
    await world.all('@tamu /partner join A', '@tamu /partner join B');
    expect(await world.code('@ani /partner request M-1 tamu accept')).toBe('not_found');
    const no = await world.run('@budi /mitra permintaan M-2 tamu tolak');
    expect(no.posts.map(post => post.to)).toEqual(['@tamu']);
    expect((await world.run('/partner show B')).text).not.toContain('tamu');
  });

  it('R5: where nobody speaks for a partner its requests go to the coordinators; after seven days all of them are told', async () => {
    await using world = await aForum('/partner add Baru');
    expect((await world.run('@eve /partner join Baru')).posts.map(post => post.to)).toEqual(['@sari']);
    expect((await world.run('@tamu /partner join A')).posts.map(post => post.to)).toEqual(['@ani']);
    expect((await world.run(':skip 6d')).posts.filter(post => post.text.includes('bergabung'))).toEqual([]);
    await world.all('/partner request M-3 eve accept');
    const told = (await world.run(':skip 2d')).posts.filter(post => /bergabung|join/.test(post.text));
    expect(told.map(post => post.to).sort()).toEqual(['#koor', '@sari']);
    for (const post of told) expect(post.text).toContain('tamu');
  });

  it('R5: an archived partner answers nobody: who asked is told', async () => {
    await using world = await aForum('@eve /partner join B');
    expect((await world.run('/partner archive B')).posts.map(post => post.to)).toContain('@eve');
    expect(await world.code('/partner request M-2 eve accept')).toBe('closed');
  });

  it('R5: who was let in adds, and undoes nothing of others', async () => {
    await using world = await aForum(
      '@ani /activity plan Gladi partners:A date:30/12/2026',
      '@ani /finance record "Sewa" out 500000000',
      '/indicator add Air frequency:monthly partner:A',
      '@ani /indicator report N-1 5 okt',
      '@ani /agreement record Nota kind:informal partners:B',
    );
    for (const line of [
      '/activity cancel K-1 reason:x',
      '/activity edit K-1 title:x',
      '/activity move K-1 date:31/12/2026',
      '/finance reverse U-1 reason:x',
      '/indicator report N-1 7 okt',
      '/indicator none N-1 period:okt reason:x',
      '/indicator correct N-1 okt 7 salah',
      '/indicator handover N-1 dodi',
      '/agreement end P-1 reason:x',
      '/agreement edit P-1 title:x',
      '/agreement renew P-1 expires:1/1/2030',
      '/agreement commit P-1 what:x due:1/1/2027',
    ])
      expect([line, await world.code(`@dodi ${line}`)]).toEqual([line, 'forbidden']);
    await world.all(
      '@dodi /activity log Rapat',
      '@dodi /activity edit K-2 title:"Rapat A"',
      '@dodi /activity done K-1 result:baik',
      '@dodi /activity evidence K-1 evidence:foto',
      '@dodi /issue raise Bocor partner:A',
      '@dodi /finance record "Pompa" out 1000000',
      '@dodi /finance reverse U-2 reason:salah',
      '@dodi /indicator report N-1 5 sep',
      '@dodi /indicator correct N-1 sep 6 salah',
      // Who speaks for the partner may, and so may a coordinator.
      '/partner assign wakil2 partner:A role:alternate',
      '@wakil2 /indicator correct N-1 okt 7 salah',
      '@wakil2 /indicator handover N-1 dodi',
      '@wakil2 /activity edit K-1 title:"Gladi besar"',
      '@wakil2 /finance reverse U-1 reason:salah',
      '/indicator correct N-1 okt 8 salah',
      '@wakil2 /agreement end P-1 reason:selesai',
    );
    expect(await world.code('@ani /indicator handover N-1 budi')).toBe('invalid_option');
  });

  it('R7: taking back an approved entry needs the same second person', async () => {
    await using world = await aForum(
      '/forum settings approval:"Rp 1.000.000"',
      '@ani /finance record Hibah direction:in amount:500jt',
      '@budi /finance approve U-1',
    );
    const balance = async () => (await world.run('/finance summary')).text;
    expect(await balance()).toContain('500,000,000');
    const reversed = await world.run('@ani /finance reverse U-1 reason:salah');
    expect(reversed.text).toContain('menunggu persetujuan');
    expect((await world.run('/finance show U-1')).text).toContain('counted');
    expect((await world.run('/finance show U-2')).text).toContain('waiting for approval');
    expect(await balance()).toContain('500,000,000');
    expect(await world.code('@ani /finance reverse U-1 reason:lagi')).toBe('closed');
    expect(await world.code('@ani /finance approve U-2')).toBe('forbidden');
    await world.all('@budi /finance approve U-2');
    expect((await world.run('/finance show U-1')).text).toContain('taken back');
    expect(await balance()).not.toContain('500,000,000');
    // What nobody approved needs nobody to take it back, and what is below the amount neither.
    await world.all('@ani /finance record "Besar" in 9jt', '@ani /finance reverse U-3 reason:x');
    expect((await world.run('/finance show U-3')).text).toContain('taken back');
    await world.all('@ani /finance record "Kecil" in 1000', '@ani /finance reverse U-5 reason:x');
    expect((await world.run('/finance show U-5')).text).toContain('taken back');
  });
});
