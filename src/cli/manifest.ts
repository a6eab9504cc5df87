import { SCOPES } from '../../adapters/slack/scopes.ts';
import type { Locale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { complain, defineVerb, say, type Words } from './verb.ts';

/** The entries of Slack's menus. */
const shortcutsIn = (w: Words['manifest']) => [
  { type: 'global', name: w.logActivity, callback_id: 'log_activity', description: w.logActivityHelp },
  { type: 'global', name: w.raiseIssue, callback_id: 'raise_issue', description: w.raiseIssueHelp },
  { type: 'global', name: w.reportIndicator, callback_id: 'report_indicator', description: w.reportIndicatorHelp },
  { type: 'message', name: w.makeIssue, callback_id: 'issue_from_message', description: w.makeIssueHelp },
];

/** Events that Slack sends besides commands, buttons and forms. */
const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_rename',
  'group_rename',
  'message.im',
  'tokens_revoked',
  'user_change',
] as const;

/**
 * The manifest from which a Slack app is made, with the least that is needed. Slack speaks to us over Socket Mode, or
 * over HTTP at our public address; workspaces that install the app themselves come back there either way. Slack shows its
 * texts to everybody as they are: they are in the language of new forums.
 */
export function slackManifest(over: 'socket' | 'http', publicUrl: string | undefined, locale: Locale) {
  const w = catalogue[locale].cli.manifest;
  const at = (path: string): string => new URL(path, publicUrl).href;
  const http = over === 'http';
  const request = http ? { request_url: at('/slack/events') } : {};
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Rembug',
      description: w.about,
      background_color: '#2e5e4e',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'rembug', always_online: true },
      slash_commands: [
        {
          command: '/rembug',
          description: w.command,
          usage_hint: w.usage,
          should_escape: true,
          ...(http && { url: at('/slack/events') }),
        },
      ],
      shortcuts: shortcutsIn(w),
    },
    oauth_config: {
      ...(publicUrl && { redirect_urls: [at('/slack/oauth_redirect')] }),
      scopes: { bot: Object.keys(SCOPES) },
    },
    settings: {
      event_subscriptions: { ...request, bot_events: EVENTS },
      interactivity: {
        is_enabled: true,
        ...request,
        ...(http && { message_menu_options_url: at('/slack/events') }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: !http,
      token_rotation_enabled: false,
    },
  };
}

/** Address in the manifest if the settings name none. */
const NO_ADDRESS = 'https://rembug.example';

/** Prints the manifest from which a Slack app is made: for HTTP where all that is set is for HTTP, else for Socket Mode. */
export const manifestVerb = defineVerb({
  options: {},
  takes: {},
  async run({ settings, words }) {
    const overHttp = settings.slack?.signingSecret !== undefined && !settings.slack.appToken;
    const unknown = overHttp && !settings.publicUrl;
    if (unknown) complain(words.manifestAddress({ address: NO_ADDRESS }));
    const publicUrl = unknown ? NO_ADDRESS : settings.publicUrl;
    say(JSON.stringify(slackManifest(overHttp ? 'http' : 'socket', publicUrl, settings.locale), null, 2));
    return 0;
  },
});
