#!/usr/bin/env bash
# node-ical 0.26.1: an occurrence of a whole-day series that was given an hour is expanded to midnight.
# Input: a calendar with a series of whole days and one override of it that begins at an hour in UTC. RFC 5545 (3.8.4.4) binds
# the kind of RECURRENCE-ID to that of the series, and not the override's own DTSTART.
# Seen: `expandRecurringEvent` gives the override's start cut back to midnight; the `event` beside it has the hour.
# Expected: the occurrence begins when its override says.
# What follows: a reader of calendars looks at `event.start` of an override, or takes ical.js, which gives the hour.
# Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.4 and the package's own readme
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-ical@0.26.1 >/dev/null
cat > run.mjs <<'JS'
import ical from 'node-ical';
const lines = [
  'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//contoh//id',
  'BEGIN:VEVENT', 'UID:rapat', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Rapat', 'DTSTART;VALUE=DATE:20260105',
  'RRULE:FREQ=WEEKLY;COUNT=2', 'END:VEVENT',
  'BEGIN:VEVENT', 'UID:rapat', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Rapat', 'RECURRENCE-ID;VALUE=DATE:20260112',
  'DTSTART:20260112T060000Z', 'DTEND:20260112T080000Z', 'END:VEVENT',
  'END:VCALENDAR', '',
];
const event = ical.sync.parseICS(lines.join('\r\n')).rapat;
const found = ical.expandRecurringEvent(event, { from: new Date('2026-01-10T00:00:00Z'), to: new Date('2026-01-14T00:00:00Z') });
const [one] = found;
console.log(found.length, new Date(one.start).toISOString().slice(11, 16), new Date(one.event.start).toISOString().slice(11, 16));
JS
seen=$(TZ=UTC node run.mjs)
echo "$seen"
[ "$seen" = '1 00:00 06:00' ] || { echo 'changed: the finding no longer holds'; exit 1; }
