import { Temporal } from 'temporal-polyfill';

/** The value of a text property (RFC 5545 3.3.11). */
export const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, sign => `\\${sign}`).replace(/\r?\n|\r/g, '\\n');

/** The value of a parameter: what is quoted holds no quotes and no breaks. */
export const quoted = (text: string): string => `"${text.replace(/["\r\n]/g, "'")}"`;

/** Lines of at most 75 octets (RFC 5545 3.1): what is longer goes on after a line break and a blank. */
export function folded(line: string): string {
  if (line.length <= 25) return line;
  const length = Buffer.byteLength(line);
  if (length <= 75) return line;
  const parts: string[] = [];
  if (length === line.length) {
    // A sign is an octet.
    parts.push(line.slice(0, 75));
    for (let at = 75; at < length; at += 74) parts.push(line.slice(at, at + 74));
    return parts.join('\r\n ');
  }
  let part = '';
  let bytes = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (bytes + size > (parts.length ? 74 : 75)) {
      parts.push(part);
      part = '';
      bytes = 0;
    }
    part += sign;
    bytes += size;
  }
  return [...parts, part].join('\r\n ');
}

export const compactDate = (date: string): string => date.replaceAll('-', '');
export const compactTime = (time: string): string => `${time.replace(':', '')}00`;
/** An instant in UTC, to the second. */
export const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** A zone by its name; an offset is none, and its times are given in UTC. */
export const isNamedZone = (zone: string): boolean => zone !== 'UTC' && !/^[+-]/.test(zone);

const offsetText = (nanoseconds: number): string => {
  const minutes = Math.round(nanoseconds / 60e9);
  const two = (n: number): string => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
};

const localText = (at: Temporal.ZonedDateTime): string => {
  const local = at.toPlainDateTime().toString({ smallestUnit: 'second' });
  return local.replace(/[-:]/g, '');
};

/**
 * A zone as it is from one year to another (RFC 5545 3.6.5), each change of its clocks written out: rules of clocks are
 * changed by law, and what was written stays true of its years.
 */
export function vtimezone(zone: string, fromYear: number, toYear: number): string[] {
  let at = Temporal.ZonedDateTime.from({ timeZone: zone, year: fromYear, month: 1, day: 1 });
  const parts: string[] = [];
  const observed = (start: string, from: number, to: number): void => {
    const kind = to > from ? 'DAYLIGHT' : 'STANDARD';
    parts.push(
      `BEGIN:${kind}`,
      `DTSTART:${start}`,
      `TZOFFSETFROM:${offsetText(from)}`,
      `TZOFFSETTO:${offsetText(to)}`,
      `END:${kind}`,
    );
  };
  observed(localText(at), at.offsetNanoseconds, at.offsetNanoseconds);
  for (
    let next = at.getTimeZoneTransition('next');
    next && next.year <= toYear;
    next = next.getTimeZoneTransition('next')
  ) {
    // The change is told in the time that held before it.
    const before = next.subtract({ nanoseconds: 1 });
    const local = next.toInstant().toZonedDateTimeISO(offsetZone(before.offset)).toPlainDateTime();
    observed(
      local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''),
      before.offsetNanoseconds,
      next.offsetNanoseconds,
    );
    at = next;
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts, 'END:VTIMEZONE'];
}

/** An offset to the minute, as a zone. */
const offsetZone = (offset: string): string => offset.slice(0, 6);
