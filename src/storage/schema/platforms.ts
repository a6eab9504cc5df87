/** The platforms on which people are: a forum's places, its accounts and what is sent name one of them. */
export const PLATFORMS = ['console', 'discord', 'slack'] as const;
export type Platform = (typeof PLATFORMS)[number];
