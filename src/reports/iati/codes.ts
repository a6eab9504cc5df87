import type { Sector } from '../../domain/partners.ts';
import { element, type Markup } from '../../language/markup.ts';

/** Codes of IATI 2.03's lists. */
export const OUTCOME = '2';
export const OTHER_RESULT = '9';
export const UNIT = '1';
export const PERCENTAGE = '2';
export const IMPLEMENTATION = '2';
export const ACTUAL_START = '2';
export const FUNDING = '1';
export const ACCOUNTABLE = '2';
export const IMPLEMENTING = '4';
export const ADMINISTRATIVE_AREA = '1';
export const ACTIVITY_PAGE = 'A12';
export const RESULTS_DOCUMENT = 'A08';
export const INCOMING_FUNDS = '1';
export const EXPENDITURE = '4';
export const ORIGINAL = '1';
export const COMMITTED = '2';

/** Multi-hazard response preparedness, of the five-digit list of OECD's DAC. */
export const DEFAULT_SECTOR = '74020';

export const OTHER_ORGANISATION = '90';
const ORGANISATIONS: Readonly<Record<Sector, string>> = {
  government: '10',
  ngo: '24',
  private: '70',
  academia: '80',
  community: OTHER_ORGANISATION,
  media: OTHER_ORGANISATION,
};
export const organisationType = (sector: Sector | null): string =>
  sector ? ORGANISATIONS[sector] : OTHER_ORGANISATION;

/** An element that says something in words. */
export const said = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}): Markup =>
  element(name, attributes, element('narrative', {}, text));

/** A link to a document: format, title, category. */
export const documentLink = (url: string, format: string, title: string, category: string): Markup =>
  element('document-link', { format, url }, said('title', title), element('category', { code: category }));
