/** The permission bits which the stand-in enforces. */
export const PERMISSIONS = {
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  ManageEvents: 1n << 33n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  CreatePrivateThreads: 1n << 36n,
  SendMessagesInThreads: 1n << 38n,
  UseApplicationCommands: 1n << 31n,
  CreateEvents: 1n << 44n,
  PinMessages: 1n << 51n,
} as const;

export type Permission = keyof typeof PERMISSIONS;

/** Every bit set. */
export const ALL_PERMISSIONS = (1n << 53n) - 1n;

/** The bits of the named permissions. */
export function bits(names: readonly Permission[]): bigint {
  return names.reduce((sum, name) => sum | PERMISSIONS[name], 0n);
}

/** Permissions of a bot invited with the recommended link, and the most that an ordinary member has. */
export const BOT_DEFAULT = bits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'CreateEvents',
  'PinMessages',
]);

/**
 * Permissions that an ordinary person holds by way of a role. @everyone holds nothing, so that denying the bot is
 * exact.
 */
export const PERSON_DEFAULT = bits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'UseApplicationCommands',
]);

/** One permission overwrite of a channel (type 0: role, 1: member). */
export interface Overwrite {
  id: string;
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

/**
 * Computes a member's permissions in a channel by Discord's algorithm (everyone overwrite, then roles, then the
 * member). https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function inChannel(
  base: bigint,
  ids: { guild: string; user: string; roles: readonly string[] },
  overwrites: readonly Overwrite[],
): bigint {
  if (base & PERMISSIONS.Administrator) return ALL_PERMISSIONS;
  const roles = overwrites.filter(o => o.type === 0 && o.id !== ids.guild && ids.roles.includes(o.id));
  const steps = [
    overwrites.filter(o => o.id === ids.guild),
    roles,
    overwrites.filter(o => o.type === 1 && o.id === ids.user),
  ];
  return steps.reduce((held, step) => {
    const deny = step.reduce((sum, o) => sum | o.deny, 0n);
    const allow = step.reduce((sum, o) => sum | o.allow, 0n);
    return (held & ~deny) | allow;
  }, base);
}
