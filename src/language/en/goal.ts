import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';
import { sameWords } from './doubles.ts';

export const goal: Messages['goal'] = {
  command: {
    name: 'goal',
    summary: 'Shared goals, clear and measurable',
    ...sameWords('T'),
    add: {
      name: 'add',
      summary: 'Add a shared goal',
      example: '"Less food waste" due:31/12/2026',
      options: {
        title: { name: 'title', help: 'The goal in one sentence' },
        description: { name: 'description', help: 'What it means and how it is measured' },
        due: { name: 'due', help: 'When it is to be reached' },
        sector: { name: 'sector', help: 'DAC sector code, five digits; 74020 if empty' },
      },
    },
    list: {
      name: 'list',
      summary: 'List the goals',
      example: '',
      options: { after: { name: 'after', help: 'Go on after this number' } },
    },
    show: {
      name: 'show',
      summary: 'Show one goal',
      example: 'T-1',
      options: { goal: { name: 'goal', help: 'The goal to show' } },
    },
    close: {
      name: 'close',
      summary: 'Close a goal with its outcome',
      example: 'T-1 outcome:"Reached in November"',
      options: {
        goal: { name: 'goal', help: 'The goal to close' },
        outcome: { name: 'outcome', help: 'What was reached' },
      },
    },
    edit: {
      name: 'edit',
      summary: 'Correct the title, description or day of a goal',
      example: 'T-1 due:31/3/2027',
      options: {
        goal: { name: 'goal', help: 'The goal to change' },
        title: { name: 'title', help: 'The right title' },
        description: { name: 'description', help: 'The right description' },
        due: { name: 'due', help: 'The new day' },
        sector: { name: 'sector', help: 'DAC sector code, five digits; 74020 if empty' },
      },
    },
    narrative: {
      name: 'narrative',
      summary: 'Write what the report that people sign says of a goal',
      example: 'T-1 text:"All wards are trained; the siren was tested twice."',
      options: {
        goal: { name: 'goal', help: 'The goal that is told of' },
        text: { name: 'text', help: 'The narrative in the report; it replaces the one before' },
      },
    },
  },
  added: s => t`Goal ${s.code} was added`,
  closed: s => t`Goal ${s.code} was closed`,
  changed: s => t`Goal ${s.code} was changed`,
  narrated: s => t`The narrative of ${s.code} is kept`,
  sector: 'Sector',
  history: {
    narrated: t`wrote the narrative`,
    added: t`added this goal`,
    closed: t`closed the goal`,
    changed: s => t`changed ${s.what}`,
  },
  dueTitle: s => t`Goal ${s.code} is due ${s.date}. Please close it with its outcome once it is reached.`,
  alreadyClosed: s => t`Goal ${s.code} is closed already.`,
  list: 'Shared goals',
  empty: t`There are no shared goals yet.`,
  due: 'Due',
  state: 'State',
  open: 'open',
  closedState: 'closed',
  outcome: 'Outcome',
  activities: 'Activities',
  unmeasured: t`▲ no measure yet`,
  noMeasure: t`It has no measure yet. A goal can be judged once it has an indicator.`,
  title: 'Goal',
};
