import { PLATFORMS, type Platform } from './act.ts';

/** Names of the platforms, as people say them. */
export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  console: 'terminal',
  discord: 'Discord',
  slack: 'Slack',
};

/** A person's name with the platform on which they are; in the terminal, and where it is not known, it goes without. */
export function nameOn(name: string, on: unknown): string {
  const platform = PLATFORMS.find(one => one === on);
  return platform === undefined || platform === 'console' ? name : `${name} · ${PLATFORM_NAMES[platform]}`;
}
