import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

export const coverage: Messages['partner']['coverage'] = {
  by: { sector: 'sector', area: 'area', goal: 'goal' },
  titles: { area: 'Who does what where', goal: 'Who does what for which goal' },
  about: s => `How many partners and activities, ${s.from} – ${s.to}`,
  heads: { area: 'Area', goal: 'Goal' },
  partners: 'Partners',
  activities: 'Activities',
  nothing: {
    area: t`No partner or activity names its area yet.`,
    goal: t`There is no open goal yet.`,
  },
  gaps: {
    area: s => t`Nobody works yet in: ${s.names}.`,
    goal: s => t`No activity or indicator serves yet: ${s.names}.`,
  },
  complete: {
    area: t`Somebody works in every area of the forum.`,
    goal: t`Somebody works for every goal.`,
  },
  elsewhere: {
    area: s => (s.n === 1 ? t`One activity names no area.` : t`${s.n} activities name no area.`),
    goal: s => (s.n === 1 ? t`One activity names no goal.` : t`${s.n} activities name no goal.`),
  },
};
