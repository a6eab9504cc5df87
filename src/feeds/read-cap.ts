import { readShape, type Shape } from '../domain/areas/shape.ts';
import { clean, cleanLine, shortened } from '../language/clean.ts';
import { childrenOf, textIn, type XmlElement } from '../language/xml-reader.ts';
import type { AlertKey } from '../storage/schema/announcements.ts';
import { FeedFault } from './fetch.ts';

/** Words of an alert in one language. */
export interface CapInfo {
  readonly language: string;
  readonly event: string;
  readonly responses: readonly string[];
  readonly urgency: string | null;
  readonly severity: string | null;
  readonly certainty: string | null;
  /** ISO instants. */
  readonly effective: string | null;
  readonly expires: string | null;
  readonly senderName: string | null;
  readonly headline: string | null;
  readonly description: string | null;
  readonly instruction: string | null;
  readonly web: string | null;
  readonly areas: readonly CapArea[];
}

export interface CapArea {
  readonly description: string;
  /** Values of geocodes, whatever register they are of. */
  readonly codes: readonly string[];
  readonly shapes: readonly Shape[];
}

/** A message of the Common Alerting Protocol 1.2 (OASIS, 2010), as far as a forum needs it. */
export interface CapAlert extends AlertKey {
  readonly status: string;
  readonly type: string;
  readonly scope: string;
  readonly references: readonly AlertKey[];
  readonly infos: readonly CapInfo[];
}

/** Maximum length of what is kept of each text, characters. */
const LONGEST = { key: 200, line: 200, text: 1200, instruction: 500, web: 500 };
/** Maximum number of points of a polygon. */
const MAXIMUM_POINTS = 2000;
/** Maximum length of all shapes together, characters; more are left out, since the areas' names say the same. */
const MAXIMUM_SHAPES = 20_000;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:\d\d|Z)$/;

/** An instant with its offset as ISO; null: it is none. */
function instantOf(written: string | null): string | null {
  if (written === null || !INSTANT.test(written)) return null;
  const at = new Date(written);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

const lineIn = (element: XmlElement, name: string): string | null =>
  shortened(cleanLine(textIn(element, name) ?? ''), LONGEST.line) || null;

const paragraphIn = (element: XmlElement, name: string, most: number): string | null =>
  shortened(clean(textIn(element, name) ?? '').trim(), most) || null;

/** Only an address that a browser may open. */
function webOf(info: XmlElement): string | null {
  const given = textIn(info, 'web');
  if (given === null || given.length > LONGEST.web || !URL.canParse(given)) return null;
  return /^https?:$/.test(new URL(given).protocol) ? given : null;
}

/** The circles and polygons of an area, as many as are kept. */
function shapesIn(area: XmlElement): Shape[] {
  const kept: Shape[] = [];
  let length = 0;
  for (const one of [...childrenOf(area, 'polygon'), ...childrenOf(area, 'circle')]) {
    const shape = readShape(one.text, MAXIMUM_POINTS);
    if (!shape || length + shape.length > MAXIMUM_SHAPES) continue;
    length += shape.length;
    kept.push(shape);
  }
  return kept;
}

function areaOf(area: XmlElement): CapArea {
  return {
    description: lineIn(area, 'areaDesc') ?? '',
    codes: childrenOf(area, 'geocode').flatMap(one => textIn(one, 'value') ?? []),
    shapes: shapesIn(area),
  };
}

function infoOf(info: XmlElement): CapInfo {
  return {
    language: textIn(info, 'language') ?? 'en-US',
    event: lineIn(info, 'event') ?? '',
    responses: childrenOf(info, 'responseType').map(one => one.text.trim()),
    urgency: textIn(info, 'urgency'),
    severity: textIn(info, 'severity'),
    certainty: textIn(info, 'certainty'),
    effective: instantOf(textIn(info, 'onset') ?? textIn(info, 'effective')),
    expires: instantOf(textIn(info, 'expires')),
    senderName: lineIn(info, 'senderName'),
    headline: lineIn(info, 'headline'),
    description: paragraphIn(info, 'description', LONGEST.text),
    instruction: paragraphIn(info, 'instruction', LONGEST.instruction),
    web: webOf(info),
    areas: childrenOf(info, 'area').map(areaOf),
  };
}

/**
 * Reads references: triples of sender, identifier and instant, parted by blanks; what is no such triple is left out.
 */
const referencesOf = (written: string | null): AlertKey[] =>
  (written ?? '').split(/\s+/).flatMap(one => {
    const [sender, identifier, sent] = one.split(',');
    const at = instantOf(sent ?? null);
    return sender && identifier && at ? [{ sender, identifier, sent: at }] : [];
  });

/**
 * Reads a message; what it says beyond this is left out.
 * @throws FeedFault `not_cap` where it lacks what names it.
 */
export function readCap(alert: XmlElement): CapAlert {
  if (alert.name !== 'alert') throw new FeedFault('not_cap', `not CAP: ${alert.name}`);
  const [sender, identifier] = [textIn(alert, 'sender'), textIn(alert, 'identifier')];
  const sent = instantOf(textIn(alert, 'sent'));
  if (!sender || !identifier || !sent || sender.length > LONGEST.key || identifier.length > LONGEST.key)
    throw new FeedFault('not_cap', 'sender, identifier or time of sending is missing');
  return {
    ...{ sender, identifier, sent },
    status: textIn(alert, 'status') ?? '',
    type: textIn(alert, 'msgType') ?? '',
    scope: textIn(alert, 'scope') ?? '',
    references: referencesOf(textIn(alert, 'references')),
    infos: childrenOf(alert, 'info').map(infoOf),
  };
}
