import type { Command } from '../src/bot/command.ts';
import { action } from './action/index.ts';
import { activity } from './activity/index.ts';
import { agreement } from './agreement/index.ts';
import { assessment } from './assessment/index.ts';
import { calendar } from './calendar.ts';
import { copyable } from './copyable.ts';
import { digest } from './digest.ts';
import { finance } from './finance/index.ts';
import { forum } from './forum/index.ts';
import { goal } from './goal.ts';
import { help } from './help.ts';
import { importing } from './import.ts';
import { indicator } from './indicator/index.ts';
import { issue } from './issue.ts';
import { me } from './me/index.ts';
import { partner } from './partner/index.ts';
import { partnership } from './partnership/index.ts';
import { poll } from './poll/index.ts';
import { reminder } from './reminder.ts';
import { report } from './report.ts';
import { strategy } from './strategy/index.ts';

const all: readonly Command[] = [
  activity,
  calendar,
  action,
  issue,
  strategy,
  poll,
  indicator,
  assessment,
  reminder,
  digest,
  agreement,
  finance,
  partnership,
  report,
  goal,
  partner,
  importing,
  forum,
  me,
  help,
];

/** Every command; nothing registers itself. */
export const commands: readonly Command[] = all.map(command => ({
  ...command,
  actions: command.actions.map(copyable),
}));
