import type { Kit } from '../kit.ts';
import { defineActions } from './actions.ts';
import { defineActivities } from './activities.ts';
import { defineAgreements } from './agreements.ts';
import { defineAnnouncements } from './announcements.ts';
import { defineAssessments } from './assessments.ts';
import { defineDecisions } from './decisions.ts';
import { defineEngagement } from './engagement.ts';
import { defineEvidence } from './evidence.ts';
import { defineFiles } from './files.ts';
import { defineGoals } from './goals.ts';
import { defineImports } from './imports.ts';
import { defineIndicators } from './indicators.ts';
import { defineMachine } from './infrastructure.ts';
import { defineInvitations } from './invitations.ts';
import { defineIssues } from './issues.ts';
import { defineMeetings } from './meetings.ts';
import { defineMoney } from './money.ts';
import { definePeople } from './people.ts';
import { definePolls } from './polls.ts';

/** Defines every table, for one kind of database. */
export function defineSchema(kit: Kit) {
  const people = definePeople(kit);
  const aims = defineGoals(kit, people);
  const activities = defineActivities(kit, people, aims);
  const issues = defineIssues(kit, people);
  const measured = defineIndicators(kit, people, aims);
  return {
    ...people,
    ...aims,
    ...activities,
    ...defineEvidence(kit, people),
    ...issues,
    ...defineDecisions(kit, people, aims, issues),
    ...definePolls(kit, people),
    ...measured,
    ...defineAssessments(kit, people, measured),
    ...defineAgreements(kit, people),
    ...defineActions(kit, people),
    ...defineEngagement(kit, people),
    ...defineMeetings(kit, people),
    ...defineInvitations(kit, people),
    ...defineAnnouncements(kit, people),
    ...defineMoney(kit, people, aims, activities),
    ...defineImports(kit, people),
    ...defineFiles(kit, people),
    ...defineMachine(kit, people),
  };
}

export type Tables = ReturnType<typeof defineSchema>;
