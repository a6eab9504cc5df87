import { promisesOf } from '../domain/actions/store.ts';
import { stateOf } from '../domain/agreements/rules.ts';
import { listAgreements, partiesOf } from '../domain/agreements/store.ts';
import { worksIn } from '../domain/areas/area.ts';
import { codeOf } from '../domain/codes.ts';
import { listPartners, type Partner } from '../domain/partners.ts';
import { type Markup, markup } from '../language/markup.ts';
import { SECTORS } from '../storage/schema/people.ts';
import { areaChoice } from './areas.ts';
import { files, pages, paragraph, section, shortDate, table } from './components.ts';
import type { PageContext, Sheet } from './page-context.ts';

const A_PAGE = 50;

/** Sectors with their partners, in the order of the map; those without a sector come last. */
export const bySector = (partners: readonly Partner[]): [sector: Partner['sector'], of: Partner[]][] =>
  [...SECTORS, null]
    .map((sector): [Partner['sector'], Partner[]] => [sector, partners.filter(one => one.sector === sector)])
    .filter(([, of]) => of.length);

export const sectorName = ({ render: context }: PageContext, sector: Partner['sector']): string =>
  sector === null ? context.m.partner.noSector : context.m.partner.sectors[sector];

/** The partners by sector, without their people or contacts, and what they have agreed. */
export async function partnersSheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, before, area } = pageContext;
  const w = context.m.site;
  const partners = (await listPartners(context.db, context.forumId)).filter(one => !area || worksIn(one.area, area));
  const { rows, more } = await listAgreements(
    context.db,
    context.forumId,
    { before: before === null ? undefined : { number: before } },
    A_PAGE,
  );
  const sectors = bySector(partners).map(
    ([sector, of]) =>
      markup`<li class="card"><h3>${sectorName(pageContext, sector)} (${of.length})</h3><ul>${of.map(
        one => markup`<li>${one.name}${one.focus ? markup` <span class="faint">– ${one.focus}</span>` : null}</li>`,
      )}</ul></li>`,
  );
  const missing = SECTORS.filter(sector => !partners.some(one => one.sector === sector));
  const map = section(
    'sectors',
    w.bySector,
    partners.length ? markup`<ul class="cards">${sectors}</ul>` : paragraph(w.nothing, 'faint'),
    missing.length && partners.length && !area
      ? paragraph(w.sectorsMissing({ names: missing.map(one => context.m.partner.sectors[one]).join(', ') }), 'faint')
      : null,
  );
  return {
    title: w.parts.partners,
    about: w.abouts.partners,
    part: 'partners',
    path: '/partners',
    body: markup`<h1>${w.parts.partners}</h1>${paragraph(w.abouts.partners, 'lead')}${before === null ? [files(pageContext, 'partners'), await areaChoice(pageContext, 'partners'), map] : null}${area ? null : markup`${section('agreements', context.m.agreement.list, files(pageContext, 'agreements'), files(pageContext, 'commitments'), rows.length ? await agreementTable(pageContext, rows) : paragraph(w.nothing, 'faint'))}${pages(pageContext, '/partners', more ? (rows.at(-1)?.number ?? null) : null)}`}`,
  };
}

async function agreementTable(
  pageContext: PageContext,
  rows: Awaited<ReturnType<typeof listAgreements>>['rows'],
): Promise<Markup> {
  const { render: context, today } = pageContext;
  const w = context.m.agreement;
  const numbers = rows.map(row => row.number);
  const parties = await partiesOf(context.db, context.forumId, numbers);
  const promises = await promisesOf(context.db, context.forumId, numbers);
  return table(
    context.m.site.newestFirst({ n: rows.length }),
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
        row.signed && shortDate(pageContext, row.signed),
        row.expires && shortDate(pageContext, row.expires),
        all ? context.m.site.promisesKept({ kept, all }) : null,
      ];
    }),
  );
}
