import { describe, expect, it } from 'vitest';
import { databases } from '../../databases.ts';
import { aWorld } from '../../world.ts';

/** Reads back what `/me export` gives. */
async function exported(world: Awaited<ReturnType<typeof aWorld>>, who: string) {
  const { store } = world;
  const [place] = await store.read.select().from(store.tables.places);
  const answer = await world.bot.perform({
    key: `export ${who}`,
    place: { platform: 'console', workspace: place!.workspace, channel: null },
    who: { account: who, home: '', name: who, admin: false },
    ask: { kind: 'typed', line: '/me export' },
    memberOf: () => null,
    channelOf: () => null,
  });
  const file = answer.kind === 'view' && answer.view.blocks.find(block => block.kind === 'file');
  if (!file) throw new Error(JSON.stringify(answer));
  return JSON.parse(Buffer.from(String(file.content), 'base64').toString()) as Record<
    string,
    Record<string, unknown>[]
  >;
}

describe.each(databases)('what others did about a person on $name', ({ open }) => {
  it('is in the person’s export: made coordinator and not, seated and moved, given an issue and an indicator, asked, contact', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '/partner add A sector:ngo contact:budi',
      '/goal add T',
      '@budi /goal list',
      '@cici /goal list',
      '/forum coordinator budi action:add',
      '/forum coordinator budi action:remove',
      '/partner assign budi partner:A role:representative',
      '/issue raise Retak',
      '/issue assign I-1 member:budi',
      '/indicator add Siaga unit:orang target:9 frequency:monthly partner:A',
      '/indicator handover N-1 member:budi',
      '/forum invite',
    );
    await store.write(null, tx => tx.update(store.tables.invitations).set({ askedBy: 'budi' }));
    const about = await exported(world, 'budi');
    expect(about.events!.map(one => one.kind)).toEqual([
      'coordinator.added',
      'coordinator.removed',
      'partner.assigned',
      'issue.assigned',
      'indicator.handed_over',
    ]);
    expect(about.invitations!.map(one => one.askedBy)).toEqual(['budi']);
    expect(about.partners).toEqual([{ number: 1, name: 'A', contact: 'budi' }]);
    const other = await exported(world, 'cici');
    expect([other.events, other.invitations, other.partners]).toEqual([[], [], []]);
  });

  it('leaves out what a private issue says, where the person may not see it', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '@budi /goal list',
      '/issue raise Pungli detail:"Loket dua" private:ya',
      '/issue assign I-1 member:budi',
    );
    const about = await exported(world, 'budi');
    expect(about.issues).toEqual([{ number: 1, owner: 2, isPrivate: true }]);
    expect(JSON.stringify(about)).not.toMatch(/Pungli|Loket/);
    expect(JSON.stringify(await exported(world, 'sari'))).toContain('Loket dua');
  });
});
