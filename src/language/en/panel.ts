import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

export const panel: Messages['panel'] = {
  title: s => t`Board of ${s.forum}`,
  hint: 'Press a button below for your tasks, to log an activity, to raise an issue or to report a value.',
  votes: 'Votes that run',
  issues: 'Open issues',
  activities: 'Coming activities',
  nothing: 'Nothing is waiting just now.',
  more: s => t`and ${s.n} more`,
  late: s => t`${s.n} reports of indicators are late.`,
  whichChannel: 'The board stands in a channel. Please use this command in the channel that you mean.',
  posted: s => t`The board stands in #${s.channel}`,
  postedHint: 'Pin the message so that it is easily found. It keeps itself up to date.',
};
