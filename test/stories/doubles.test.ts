import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = '/forum setup "Forum Uji" announce:umum coordinators:koor';
const ASKED = 'Apakah itu';

describe.each(databases)('what stands already on $name', ({ open }) => {
  it('is asked about with partners: the new one is put aside, and what only it told is kept', async () => {
    await using world = await aWorld({ store: await open() });
    const { run } = world;
    await world.all(FORUM, '/partner add "Yayasan Nur’aini" sector:ngo', '/partner add "Radio Kota"');
    expect((await run('/partner add "Radio Desa"')).text).not.toContain(ASKED);
    const asked = await run('/partner add "Nur\'aini" contact:Sari');
    expect(asked.ok).toBe(true);
    expect(asked.text).toContain('Sudah ada M-1 Yayasan Nur’aini dengan nama yang mirip. Apakah itu sama?');
    expect(asked.text).toContain('[Itu sama]');
    expect((await run(':click "Itu sama"')).text).toContain('M-4 sama dengan M-1; yang dipakai M-1');
    expect((await run('/partner show M-1')).text).toContain('Sari');
    expect((await run('/partner list')).text).not.toContain('M-4');
    // Of what others refer to nothing is put aside.
    await world.all('/partner add "Radio-Kota"', '/partner assign budi partner:M-5 role:representative');
    const used = await run('/partner same M-5 of:M-2');
    expect([used.ok, used.error?.code]).toEqual([false, 'conflict']);
    expect(used.text).toContain('sudah dipakai');
  });

  it('is asked about with goals and indicators; another one stays', async () => {
    await using world = await aWorld({ store: await open() });
    const { run } = world;
    await world.all(FORUM, '/goal add "Kelurahan tangguh bencana"');
    expect((await run('/goal add "Kel. tangguh bencana" due:31/12/2027')).text).toContain('Sudah ada T-1');
    expect((await run(':click "Itu sama"')).text).toContain('T-2 sama dengan T-1');
    const kept = await run('/goal show T-1');
    expect(kept.text).toContain('31 Desember 2027');
    expect((await run('/goal show T-2')).text).toContain('Sama dengan T-1');
    expect((await run('/goal add "Kelurahan tangguh bencana 2"')).text).not.toContain(ASKED);
    await run('/indicator add "Warga terlatih" goal:T-1 unit:orang');
    expect((await run('/indicator add "Warga terlatih" goal:T-1 unit:%')).text).not.toContain(ASKED);
    expect((await run('/indicator add "Warga  terlatih!" goal:T-1 unit:orang')).text).toContain('Sudah ada N-1');
    expect((await run(':click "Itu lain"')).text).toContain('N-3 tetap tersendiri');
    expect((await run('/indicator same N-3 of:N-1')).text).toContain('N-3 sama dengan N-1');
    expect((await run('/indicator list')).text).not.toContain('N-3');
    expect((await run('/indicator same N-1 of:N-1')).ok).toBe(false);
    expect((await run('/indicator same N-1 of:N-3')).error?.code).toBe('closed');
  });

  it('is asked about with money: a double is taken back by an opposite entry', async () => {
    await using world = await aWorld({ store: await open() });
    const { run } = world;
    await world.all(FORUM, '/finance record "Sewa tenda" direction:out amount:150.000 date:2/11/2026');
    const other = await run('/finance record "Sewa tenda" direction:out amount:150.000 date:3/11/2026');
    expect(other.text).not.toContain(ASKED);
    const asked = await run('/finance record "sewa-tenda" direction:out amount:150.000 date:2/11/2026');
    expect(asked.text).toContain('Pada hari yang sama sudah tercatat U-1 Sewa tenda dengan jumlah yang sama.');
    const said = await run(':click "Itu sama"');
    expect(said.text).toContain('U-3 dibatalkan dengan U-4');
    expect((await run('/finance show U-3')).text).toContain('Sama dengan U-1');
    // What was taken back is no double of what comes, and cannot stay in another one's place.
    await run('/finance reverse U-1 reason:salah');
    expect((await run('/finance record "Sewa tenda" direction:out amount:150.000 date:2/11/2026')).text).not.toContain(
      ASKED,
    );
    expect((await run('/finance same U-6 of:U-1')).error?.code).toBe('closed');
    expect((await run('/finance same U-6 of:U-2')).error?.code).toBe('conflict');
  });
});
