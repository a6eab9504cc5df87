import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('naming a thing ($name)', ({ open }) => {
  /** A forum with things whose names hold what looks like a code. */
  async function aForum() {
    const world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      '/me language en',
      '/partner add BPBD',
      '/partner add "Tim 7"',
      '/partner add "Tim 8"',
      '/partner add "Dinas Sosial"',
      '/partner assign sari partner:BPBD role:representative',
      '/strategy propose "Posts in 9 villages"',
      '/finance record "Tents, 2 units" out 1000000',
      '/issue raise "Private 1" private:yes mediator:budi',
      '/issue raise "Well 1 is dry"',
      '/activity log K12',
      '/activity log "Café évacuation!"',
    );
    return world;
  }

  it('R1: a code that is not there is not found, whatever holds its digits', async () => {
    await using world = await aForum();
    for (const line of [
      '/strategy vote S-9 agree',
      '/finance reverse U-2 reason:x',
      '/partner archive M-7',
      '@cici /issue resolve I-1 resolution:x',
      '@cici /issue show I-1',
      '/strategy show S-9',
      '/strategy show s9',
      '/strategy show S–9',
    ]) {
      const { error } = await world.run(line);
      expect([line, error?.code]).toEqual([line, 'not_found']);
    }
  });

  it('R1: a code of another kind is not found, with any letter of a code', async () => {
    await using world = await aForum();
    for (const letter of 'KINTPUMAJB') {
      const { error } = await world.run(`/strategy show ${letter}-1`);
      expect([letter, error?.code]).toEqual([letter, 'not_found']);
    }
  });

  it('without the hyphen it is a code only of the letter that is asked for, and only where nothing is called so', async () => {
    await using world = await aForum();
    const [byName, byCode] = await world.all('/activity show k12', '/strategy show s1');
    expect(byName).toContain('K-1 ');
    expect(byCode).toContain('S-1 ');
    expect((await world.run('/activity show k99')).error?.code).toBe('not_found');
    // Another letter without a hyphen is a word.
    expect((await world.run('/partner add "Regu K9"')).ok).toBe(true);
    expect((await world.run('/partner show k9')).text).toContain('Regu K9');
  });

  it('R1: a mutation takes no guess: one candidate is asked back like several', async () => {
    await using world = await aForum();
    const one = await world.run('/finance reverse tents reason:wrong');
    expect(one.error?.code).toBe('ambiguous');
    expect(one.error?.message).toContain('Did you mean U-1 Tents, 2 units?');
    expect((await world.run('/partner archive tim')).error?.code).toBe('ambiguous');
    expect((await world.run('/activity log x partners:"BPBD, Tim"')).error?.code).toBe('ambiguous');
    expect((await world.run('/partner archive nowhere')).error?.code).toBe('not_found');
    expect((await world.run('/partner list')).text).toContain('Tim 7');
    expect((await world.run('/finance show tents')).text).toContain('Tents, 2 units');
  });

  it('a mutation takes a whole name, case, accents and punctuation aside', async () => {
    await using world = await aForum();
    await world.all(
      '/activity edit "cafe evacuation" participants:3',
      '/finance reverse "tents 2 units" reason:wrong',
      '/partner edit "M-2 Tim 7" focus:x',
      '/partner archive "tim 8"',
    );
  });

  it('a candidate can be chosen from the menu that asks', async () => {
    await using world = await aForum();
    expect((await world.run('/partner archive tim')).ok).toBe(false);
    const chosen = await world.run(':click M-3');
    expect(chosen.ok).toBe(true);
    expect(chosen.text).toContain('M-3');
    expect((await world.run('/partner list')).text).not.toContain('Tim 8');
  });

  it('a whole name is found among any number that hold its words', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"', '/activity log Rapat', '/issue raise Banjir');
    const { store } = world;
    const [forum] = await store.read.select({ id: store.tables.forums.id }).from(store.tables.forums);
    await store.write(forum!.id, async tx => {
      const { activities: a, issues: i } = tx.tables;
      const [activity] = await tx.select().from(a);
      const [issue] = await tx.select().from(i);
      const { seq: _, ...base } = activity!;
      for (let n = 2; n <= 260; n++) {
        await tx.insert(a).values({ ...base, number: n, title: `Rapat ${n}`, search: `rapat ${n}` });
        await tx.insert(i).values({ ...issue!, number: n, title: `Banjir ${n}`, folded: `banjir ${n}` });
      }
    });
    await world.all('/activity edit rapat participants:3', '/issue comment banjir text:halo');
    expect((await world.run('/activity edit "rapat 2x" participants:3')).error?.code).toBe('not_found');
  });
});
