import type { Activity } from '../domain/activities.ts';
import { addDays } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';

const escaped = (text: string): string => text.replace(/[\\;,]/g, sign => `\\${sign}`).replace(/\r?\n/g, '\\n');

/** Lines of at most 75 octets (RFC 5545 3.1): what is longer goes on after a line break and a blank. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const sign of line) {
    if (Buffer.byteLength(part + sign) > (parts.length ? 74 : 75)) {
      parts.push(part);
      part = '';
    }
    part += sign;
  }
  return [...parts, part].join('\r\n ');
}

const compact = (date: string): string => date.replaceAll('-', '');

/** An activity as a calendar file (RFC 5545): a whole day, by its local date. The same activity gives the same bytes. */
export function icsOf(activity: Activity): string {
  const stamp = activity.createdAt.toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rembug//Rembug//ID',
    'BEGIN:VEVENT',
    `UID:${activity.forumId}-${codeOf('activity', activity.number)}@rembug`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(activity.date)}`,
    `DTEND;VALUE=DATE:${compact(addDays(activity.date, 1))}`,
    `SUMMARY:${escaped(activity.title)}`,
    ...(activity.location ? [`LOCATION:${escaped(activity.location)}`] : []),
    `STATUS:${activity.state === 'cancelled' || activity.state === 'undone' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
