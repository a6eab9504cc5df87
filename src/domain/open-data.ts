import type { Forum } from './forums.ts';

/** The licences under which a forum may publish its data: SPDX identifier, name and address. */
export const LICENCES = {
  cc_by: {
    spdx: 'CC-BY-4.0',
    title: 'Creative Commons Attribution 4.0',
    address: 'https://creativecommons.org/licenses/by/4.0/',
  },
  cc_by_sa: {
    spdx: 'CC-BY-SA-4.0',
    title: 'Creative Commons Attribution-ShareAlike 4.0',
    address: 'https://creativecommons.org/licenses/by-sa/4.0/',
  },
  cc0: {
    spdx: 'CC0-1.0',
    title: 'Creative Commons Zero 1.0',
    address: 'https://creativecommons.org/publicdomain/zero/1.0/',
  },
  odbl: {
    spdx: 'ODbL-1.0',
    title: 'Open Data Commons Open Database License 1.0',
    address: 'https://opendatacommons.org/licenses/odbl/1-0/',
  },
} as const;
export type Licence = keyof typeof LICENCES;

/** A licence as a line of text. */
export const licenceLine = (licence: Licence): string => `${LICENCES[licence].title} (${LICENCES[licence].address})`;

/**
 * The form of an organisation's identifier (org-id.guide): country or `XI`, `XM` and the like, the register's name, and
 * the number in it. IATI forbids `/ & | ?` and blanks in it.
 */
const ORGANISATION = /^[A-Z]{2}-[A-Z0-9]+-[^\s/&|?]+$/;

/** Maximum length of such an identifier, characters. */
export const ORGANISATION_LENGTH = 80;

export const isOrganisationId = (typed: string): boolean =>
  typed.length <= ORGANISATION_LENGTH && ORGANISATION.test(typed);

/** Returns what stands for the identifier of a forum that has none: of no register, so that nobody takes it for one. */
export const placeholderOf = ({ id }: Pick<Forum, 'id'>): string => `XX-REMBUG-${id}`;
