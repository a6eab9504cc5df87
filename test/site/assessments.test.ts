import { expect, it } from 'vitest';
import { aSite, PUBLISH } from './page.ts';

it('results of areas stand on the page in both languages; what a partner says of itself, and who said what, does not', async () => {
  const hostile = 'RW 5 <b>&"=1+1" \u202eterbalik';
  const site = await aSite([
    '/partner add RAHASIA sector:ngo',
    '/partner assign budi partner:RAHASIA role:representative',
    '/assessment start destana object:"Kampung Sungai"',
    ...Array.from({ length: 36 }, (_, i) => `@budi /assessment answer B-1 question:${i + 1} answer:yes`),
    '@budi /assessment answer B-1 question:37 answer:no evidence:BUKTI',
    '/assessment settle B-1 question:37 answer:no reason:ALASAN',
    '/assessment close B-1 confirm:yes',
    '@budi /assessment start readiness-10 object:RAHASIA',
    '@budi /assessment close B-2 confirm:yes',
    '/assessment start undrr object:"Masih terbuka"',
    `/assessment start readiness-10 object:'${hostile}'`,
    '/assessment close B-4 confirm:yes',
    ...PUBLISH,
  ]);
  for (const lang of ['id', 'en']) {
    const page = await site.text(`/f/${site.id}/indicators?lang=${lang}`);
    const [, part] = page.split('id="assessments"');
    expect(part).toContain('Kampung Sungai');
    expect(part).toMatch(lang === 'id' ? /36 dari 60 \(60%\)/ : /36 of 60 \(60%\)/);
    expect(part).toContain('Madya');
    for (const hidden of ['RAHASIA', 'Masih terbuka', 'BUKTI', 'ALASAN', 'budi']) expect(part).not.toContain(hidden);
    expect(part).toContain('RW 5 &lt;b&gt;');
    expect(part).not.toContain('<b>&');
  }
  // What narrows the page, or goes on in it, has them not once more.
  expect(await site.text(`/f/${site.id}/indicators?area=34.71`)).not.toContain('id="assessments"');
  expect(site.faults).toEqual([]);
});
