import type { Announcement } from '../../domain/announcements.ts';
import { areaNames, areasOf } from '../../domain/areas/area.ts';
import { circleOf, shapesOf } from '../../domain/areas/shape.ts';
import { dateIn, offsetIn, timeIn } from '../../domain/calendar.ts';
import type { Forum } from '../../domain/forums.ts';
import type { Locale } from '../../language/locale.ts';
import { element, type Markup, xmlDocument } from '../../language/markup.ts';
import { catalogue } from '../../language/messages.ts';

/** The Common Alerting Protocol 1.2 (OASIS, 2010). */
const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

const MESSAGES = { alert: 'Alert', update: 'Update', cancel: 'Cancel', all_clear: 'Update' } as const;
const URGENCY = { now: 'Immediate', soon: 'Expected', later: 'Future' } as const;
/** The levels of Indonesia's warnings; the numbered levels of floodgates run the other way and stay words. */
const SEVERITY = { waspada: 'Moderate', siaga: 'Severe', awas: 'Extreme' } as const;
const CERTAINTY = { observed: 'Observed', likely: 'Likely', possible: 'Possible' } as const;
const UNKNOWN = 'Unknown';
const LANGUAGES: Readonly<Record<Locale, string>> = { id: 'id-ID', en: 'en-US' };

/** Words that name a category of events, in either language; the first that fits counts. */
const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [/gempa|tsunami|longsor|gunung|erupsi|earthquake|landslide|volcan|eruption/i, 'Geo'],
  [/banjir|hujan|angin|badai|petir|ombak|gelombang|kering|flood|rain|wind|storm|lightning|wave|drought|river/i, 'Met'],
  [/kebakaran|api|asap|fire|smoke/i, 'Fire'],
  [/wabah|penyakit|keracunan|outbreak|disease|poison/i, 'Health'],
  [/listrik|jembatan|tanggul|bendung|air bersih|power|bridge|dam|water supply/i, 'Infra'],
];
const OTHER_CATEGORY = 'Safety';

const categoryOf = (event: string): string => CATEGORIES.find(([words]) => words.test(event))?.[1] ?? OTHER_CATEGORY;

/** An instant as the standard has it: local, with the offset, and never `Z`. */
export const capTime = (at: Date, zone: string): string =>
  `${dateIn(at, zone)}T${timeIn(at, zone)}:${String(at.getUTCSeconds()).padStart(2, '0')}${offsetIn(at, zone)}`;

/** A name that no other sender has; it has no blank, comma, `<` or `&`. */
const senderOf = (forumId: string): string => `rembug-${forumId}`;
const identifierOf = ({ forumId, number }: Pick<Announcement, 'forumId' | 'number'>): string =>
  `${senderOf(forumId)}-${number}`;

/** A warning that was sent, as a message of the protocol, with a block for each language. */
export function capXml(
  forum: Forum,
  one: Announcement & { readonly sentAt: Date },
  earlier: readonly Announcement[],
  page: string | null,
): string {
  const { zone } = forum;
  const references = earlier
    .flatMap(before =>
      before.sentAt ? [`${senderOf(before.forumId)},${identifierOf(before)},${capTime(before.sentAt, zone)}`] : [],
    )
    .join(' ');
  const root = element(
    'alert',
    { xmlns: NAMESPACE },
    element('identifier', {}, identifierOf(one)),
    element('sender', {}, senderOf(one.forumId)),
    element('sent', {}, capTime(one.sentAt, zone)),
    element('status', {}, one.exercise ? 'Exercise' : 'Actual'),
    element('msgType', {}, MESSAGES[one.life]),
    one.source !== null && element('source', {}, one.source),
    element('scope', {}, 'Public'),
    one.life === 'cancel' && element('note', {}, one.content),
    references && element('references', {}, references),
    (['id', 'en'] as const).map(locale => infoElement(forum, one, locale, page)),
  );
  return xmlDocument(root);
}

/** The circles and polygons of a warning as an area of their own, named by its official areas; null: it has none. */
function shapesElement({ area, shapes }: Announcement, unnamed: string): Markup | null {
  const all = shapesOf(shapes);
  const polygons = all.filter(one => circleOf(one) === null);
  const circles = all.filter(one => circleOf(one) !== null);
  if (!all.length) return null;
  return element(
    'area',
    {},
    element('areaDesc', {}, areaNames(area) || unnamed),
    polygons.map(one => element('polygon', {}, one)),
    circles.map(one => element('circle', {}, one)),
  );
}

function infoElement(forum: Forum, one: Announcement, locale: Locale, page: string | null): Markup {
  const { zone } = forum;
  const w = catalogue[locale].announcement;
  const event = one.event ?? w.warning;
  const time = (name: string, at: Date | null): Markup | null => at && element(name, {}, capTime(at, zone));
  return element(
    'info',
    {},
    element('language', {}, LANGUAGES[locale]),
    element('category', {}, categoryOf(event)),
    element('event', {}, event),
    one.life === 'all_clear' && element('responseType', {}, 'AllClear'),
    element('urgency', {}, one.life === 'all_clear' ? 'Past' : one.onset ? URGENCY[one.onset] : UNKNOWN),
    element('severity', {}, one.level ? SEVERITY[one.level] : UNKNOWN),
    element('certainty', {}, one.certainty ? CERTAINTY[one.certainty] : UNKNOWN),
    time('effective', one.effective),
    time('expires', one.expires),
    element('senderName', {}, forum.name),
    element('headline', {}, w.headline({ life: one.life, level: one.level, event, exercise: one.exercise })),
    element('description', {}, one.content),
    one.instruction && element('instruction', {}, one.instruction),
    page !== null && element('web', {}, page),
    shapesElement(one, w.shapes),
    areasOf(one.area).map(({ code, name }) =>
      element(
        'area',
        {},
        element('areaDesc', {}, name),
        element('geocode', {}, element('valueName', {}, 'kode-wilayah'), element('value', {}, code)),
      ),
    ),
  );
}
