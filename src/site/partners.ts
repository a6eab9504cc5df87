import { stateOf } from '../domain/agreements/rules.ts';
import { listAgreements, partiesOf, promisesOf } from '../domain/agreements/store.ts';
import { codeOf } from '../domain/codes.ts';
import { listPartners, type Partner } from '../domain/partners.ts';
import { SECTORS } from '../storage/schema/people.ts';
import { type Markup, markup } from './markup.ts';
import { files, pages, paragraph, section, shortDate, table } from './pieces.ts';
import type { Scene, Sheet } from './scene.ts';

const A_PAGE = 50;

/** Sectors with their partners, in the order of the map; those without a sector come last. */
export const bySector = (partners: readonly Partner[]): [sector: Partner['sector'], of: Partner[]][] =>
  [...SECTORS, null]
    .map((sector): [Partner['sector'], Partner[]] => [sector, partners.filter(one => one.sector === sector)])
    .filter(([, of]) => of.length);

export const sectorName = ({ look }: Scene, sector: Partner['sector']): string =>
  sector === null ? look.m.partner.noSector : look.m.partner.sectors[sector];

/** The partners by sector, without their people or contacts, and what they have agreed. */
export async function partnersSheet(scene: Scene): Promise<Sheet> {
  const { look, before } = scene;
  const w = look.m.site;
  const partners = await listPartners(look.db, look.forumId);
  const { rows, more } = await listAgreements(
    look.db,
    look.forumId,
    { before: before === null ? undefined : { number: before } },
    A_PAGE,
  );
  const sectors = bySector(partners).map(
    ([sector, of]) =>
      markup`<li class="card"><h3>${sectorName(scene, sector)} (${of.length})</h3><ul>${of.map(
        one => markup`<li>${one.name}${one.focus ? markup` <span class="faint">– ${one.focus}</span>` : null}</li>`,
      )}</ul></li>`,
  );
  const missing = SECTORS.filter(sector => !partners.some(one => one.sector === sector));
  const map = section(
    'sectors',
    w.bySector,
    partners.length ? markup`<ul class="cards">${sectors}</ul>` : paragraph(w.nothing, 'faint'),
    missing.length && partners.length
      ? paragraph(w.sectorsMissing({ names: missing.map(one => look.m.partner.sectors[one]).join(', ') }), 'faint')
      : null,
  );
  return {
    title: w.parts.partners,
    about: w.abouts.partners,
    part: 'partners',
    path: '/partners',
    body: markup`<h1>${w.parts.partners}</h1>${paragraph(w.abouts.partners, 'lead')}${before === null ? [files(scene, 'partners'), map] : null}${section('agreements', look.m.agreement.list, files(scene, 'agreements'), files(scene, 'commitments'), rows.length ? await agreementTable(scene, rows) : paragraph(w.nothing, 'faint'))}${pages(scene, '/partners', more ? (rows.at(-1)?.number ?? null) : null)}`,
  };
}

async function agreementTable(scene: Scene, rows: Awaited<ReturnType<typeof listAgreements>>['rows']): Promise<Markup> {
  const { look, today } = scene;
  const w = look.m.agreement;
  const numbers = rows.map(row => row.number);
  const parties = await partiesOf(look.db, look.forumId, numbers);
  const promises = await promisesOf(look.db, look.forumId, numbers);
  return table(
    look.m.site.newestFirst({ n: rows.length }),
    [
      { label: w.title },
      { label: w.state },
      { label: w.kind },
      { label: w.parties },
      { label: w.signed, kind: 'short' },
      { label: w.expires, kind: 'short' },
      { label: w.commitments },
    ],
    rows.map(row => {
      const { kept, all } = promises.get(row.number) ?? { kept: 0, all: 0 };
      return [
        `${codeOf('agreement', row.number)} ${row.title}`,
        w.states[stateOf(row, today)],
        w.kinds[row.kind],
        (parties.get(row.number) ?? []).map(one => one.name).join(', '),
        row.signed && shortDate(scene, row.signed),
        row.expires && shortDate(scene, row.expires),
        all ? look.m.site.promisesKept({ kept, all }) : null,
      ];
    }),
  );
}
