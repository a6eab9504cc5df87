import { expect, it } from 'vitest';
import { aSite, PUBLISH } from './page.ts';

const FILES = [
  ...['', '/indicators', '/activities', '/money', '/issues', '/partners', '/decisions'],
  ...['/iati.xml', '/cap.atom', '/cap/1.xml', '/dcat.jsonld', '/datapackage.json', '/popolo.json', '/satu-data.csv'],
  ...['/hxl.csv', '/activities.csv', '/activities.json', '/activities.hxl.csv', '/activities.hxl.xlsx'],
];

it('a page that is taken down takes every file with it at once, also for whoever has them already, and they come back', async () => {
  const site = await aSite([
    '/partner add BPBD area:34.71',
    '/goal add Siap',
    '/indicator add Sumur goal:T-1 frequency:monthly',
    '/activity log Gladi date:1/10/2026 area:34.71.03 participants:9',
    '/forum announce "Air naik" event:banjir level:siaga area:34.71 exercise:yes reason:gladi',
    '/forum send announcement:1',
    ...PUBLISH,
  ]);
  const all = async (headers: Readonly<Record<string, string>> = {}) => {
    const found = new Map<string, Response>();
    for (const path of FILES) found.set(path, await site.get(`/f/${site.id}${path}`, headers));
    return found;
  };
  const statuses = (answers: ReadonlyMap<string, Response>) => [...answers].map(([path, { status }]) => [path, status]);
  const each = (status: (path: string) => number) => FILES.map(path => [path, status(path)]);
  const shown = await all();
  const there = statuses(shown);
  expect(there.filter(([, status]) => status !== 200)).toEqual([]);
  // Each is asked once more, so that whatever is kept is kept.
  await all();
  await site.world.all('/forum settings public:no');
  const gone = await all();
  expect(statuses(gone).filter(([, status]) => status === 200 || status === 304)).toEqual([]);
  for (const [path, answer] of gone) {
    const text = await answer.text();
    for (const word of ['Gladi', 'BPBD', 'Sumur', 'Air naik'])
      expect([path, text.includes(word)]).toEqual([path, false]);
  }
  // A reader that has a file already is not told that it is as it was.
  for (const [path, answer] of shown) {
    const etag = answer.headers.get('etag');
    if (etag)
      expect([path, (await site.get(`/f/${site.id}${path}`, { 'if-none-match': etag })).status]).not.toEqual([
        path,
        304,
      ]);
  }
  await site.world.all(...PUBLISH);
  expect(statuses(await all())).toEqual(each(() => 200));
  // What was a drill says so wherever it stands.
  for (const path of ['/cap.atom', '/cap/1.xml'])
    expect(await site.text(`/f/${site.id}${path}`)).toMatch(/LATIHAN|Exercise/);
  expect(site.faults).toEqual([]);
});
