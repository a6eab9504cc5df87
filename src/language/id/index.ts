import { action } from './action.ts';
import { activity } from './activity.ts';
import { agreement } from './agreement.ts';
import { announcement } from './announcement.ts';
import { assessment } from './assessment.ts';
import { calendar } from './calendar.ts';
import { cli } from './cli.ts';
import { button, core, roles, things } from './core.ts';
import { doubles } from './doubles.ts';
import { fill } from './fill.ts';
import { finance } from './finance.ts';
import { forum } from './forum.ts';
import { goal } from './goal.ts';
import { groups } from './groups.ts';
import { imports } from './imports.ts';
import { digest, indicator, reminder } from './indicator.ts';
import { issue } from './issue.ts';
import { issueReview } from './issue-review.ts';
import { minutes } from './minutes.ts';
import { panel } from './panel.ts';
import { partner } from './partner.ts';
import { partnership } from './partnership.ts';
import { help, me } from './person.ts';
import { poll } from './poll.ts';
import { report } from './report.ts';
import { site } from './site.ts';
import { strategy } from './strategy.ts';
import { terminal } from './terminal.ts';

export const id = {
  core,
  roles,
  things,
  button,
  forum,
  minutes,
  panel,
  partner,
  goal,
  action,
  activity,
  issue,
  issueReview,
  strategy,
  poll,
  assessment,
  indicator,
  reminder,
  digest,
  agreement,
  announcement,
  doubles,
  finance,
  groups,
  fill,
  imports,
  report,
  site,
  partnership,
  me,
  help,
  calendar,
  cli,
  terminal,
};

/** Every word a person may see. Indonesian is written first; English is held to its keys and parameters. */
export type Messages = typeof id;
