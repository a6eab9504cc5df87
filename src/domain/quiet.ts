import { addDays, dateIn, instantAt, timeIn } from './calendar.ts';
import type { Forum } from './forums.ts';
import type { Member } from './people.ts';

/**
 * Local times (`HH:mm`) between which nobody is written to: from `from` up to, not including, `to`, over midnight
 * where `to` is earlier. Equal times: no quiet hours.
 */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** The instant itself, or the end of the quiet hours it falls in. */
export function nextAllowed(at: Date, zone: string, { from, to }: QuietHours): Date {
  const time = timeIn(at, zone);
  const evening = time >= from && (from > to || time < to);
  const morning = from > to && time < to;
  if (!evening && !morning) return at;
  const date = dateIn(at, zone);
  const end = instantAt(evening && from > to ? addDays(date, 1) : date, to, zone);
  // Clocks that go back may have ended the quiet hours already, the first time round.
  return end > at ? end : at;
}

/** A person's quiet hours in their own zone: their own, else the forum's; null: none. */
function quietOf(forum: Forum, member: Member | null): QuietHours | null {
  const { quietFrom, quietTo } = member?.quietFrom ? member : forum.settings;
  return quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null;
}

/** Instant at which a reminder may reach a person (null: a channel of the forum). */
export function whenQuietEnds(at: Date, forum: Forum, member: Member | null): Date {
  const quiet = quietOf(forum, member);
  return quiet ? nextAllowed(at, member?.zone ?? forum.zone, quiet) : at;
}
