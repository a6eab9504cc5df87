/** Scopes we ask of a workspace, and why; nothing more. `docs/slack.md` says it to people. */
export const SCOPES = {
  commands: 'to be called with /rembug and from the menus of shortcuts',
  'chat:write': 'to post cards and keep them up to date, and to write to people directly',
  'im:history': 'to answer what people write to Rembug directly',
  'app_mentions:read': 'to answer whoever mentions Rembug in a channel',
  'users:read': 'to call people by their names, and to know who may set the forum up',
  'channels:read': 'to call public channels by their names, and to say in which we are still missing',
  'groups:read': 'to call private channels by their names, where Rembug was invited',
  'files:read': 'to take in evidence that is handed in with a form, and to know when a chart can be shown',
  'files:write': 'to show charts, and to hand out reports, calendars and what is stored about you',
} as const;
