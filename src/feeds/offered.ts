import type { Announcement } from '../domain/announcements.ts';
import { areasText } from '../domain/areas/area.ts';
import { shapesText } from '../domain/areas/shape.ts';
import type { Forum } from '../domain/forums.ts';
import type { OfferedAlert } from '../storage/schema/announcements.ts';
import type { Placed } from './place.ts';
import type { CapAlert, CapInfo } from './read-cap.ts';

/** Time for which an alert holds that names no end, ms after it was sent. */
const HOLDS_MS = 86_400_000;

const ONSETS = { Immediate: 'now', Expected: 'soon', Future: 'later' } as const;
const LEVELS = { Minor: 'waspada', Moderate: 'waspada', Severe: 'siaga', Extreme: 'awas' } as const;
const CERTAINTIES = { Observed: 'observed', Likely: 'likely', Possible: 'possible' } as const;

const meaning = <K extends string, V>(of: Readonly<Record<K, V>>, word: string | null): V | null =>
  word !== null && Object.hasOwn(of, word) ? of[word as K] : null;

/** The block of the forum's language, else the first. */
const infoFor = ({ infos }: CapAlert, locale: Forum['locale']): CapInfo | undefined =>
  infos.find(one => one.language.toLowerCase().startsWith(locale)) ?? infos[0];

/** The instant until which an alert holds. */
export function endOf(alert: CapAlert): Date {
  const ends = alert.infos.flatMap(one => (one.expires === null ? [] : [new Date(one.expires).getTime()]));
  return new Date(ends.length ? Math.max(...ends) : new Date(alert.sent).getTime() + HOLDS_MS);
}

/** Part of an alert in the life of the warning that it follows. */
export function lifeOf(alert: CapAlert): Announcement['life'] | null {
  const isOver = alert.infos.some(one => one.responses.includes('AllClear') || one.urgency === 'Past');
  if (alert.type === 'Cancel') return 'cancel';
  if (isOver) return 'all_clear';
  return alert.type === 'Update' ? 'update' : alert.type === 'Alert' ? 'alert' : null;
}

/** Tells whether people are to act on an alert, in earnest or as a drill; tests and drafts are for machines alone. */
export const isForPeople = ({ status, scope }: CapAlert): boolean =>
  (status === 'Actual' || status === 'Exercise') && scope === 'Public';

export const isDrill = ({ status }: CapAlert): boolean => status === 'Exercise';

/** An alert as a forum is shown it, in the forum's language. */
export function offeredOf(alert: CapAlert, { areas }: Placed, forum: Forum): OfferedAlert {
  const info = infoFor(alert, forum.locale);
  const described = [...new Set(info?.areas.map(one => one.description).filter(Boolean))].join('; ');
  const content = info?.description ?? info?.headline ?? info?.event ?? '';
  return {
    source: info?.senderName ?? alert.sender,
    web: info?.web ?? null,
    event: info?.event || alert.identifier,
    headline: info?.headline ?? null,
    content: content || alert.identifier,
    instruction: info?.instruction ?? null,
    onset: meaning(ONSETS, info?.urgency ?? null),
    level: meaning(LEVELS, info?.severity ?? null),
    certainty: meaning(CERTAINTIES, info?.certainty ?? null),
    effective: info?.effective ?? null,
    expires: endOf(alert).toISOString(),
    area: areas.length ? areasText(areas) : null,
    areaText: described,
    shapes: shapesText([...new Set(info?.areas.flatMap(one => one.shapes))]),
    exercise: isDrill(alert),
  };
}
