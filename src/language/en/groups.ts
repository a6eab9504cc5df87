import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

export const groups: Messages['groups'] = {
  title: 'Groups',
  dimensions: { sex: 'sex', age: 'age', disability: 'disability' },
  names: {
    women: 'women',
    men: 'men',
    age_0_4: 'aged 0–4',
    age_5_17: 'aged 5–17',
    age_18_59: 'aged 18–59',
    age_60: 'aged 60 and over',
    disability: 'with a disability',
    no_disability: 'without a disability',
  },
  fieldHelp: s => `How many people: ${s.group}`,
  asked: { activities: 'activities', indicators: 'indicators' },
  askedText: s => t`${s.groups} (of ${s.of})`,
  noneAsked: t`No groups are asked for.`,
  sumsOf: s => t`People in activities in ${s.year}: ${s.people}`,
  acceptsDimensions: t`ways of dividing people such as “sex; age; disability; occupation: farmer/fisher (activities)”, or “none”`,
  ownNeedsGroups: s => t`“${s.name}” needs 2 to ${s.max} groups, such as ${`${s.name}: one/two`}.`,
  ownTwice: s => t`The name “${s.group}” is taken by another group, or cannot be used.`,
  unknown: 'unknown',
  accepts: s => t`numbers by group such as M=41 F=27 (${s.names.join(', ')})`,
  notKnown: s => t`There is no group “${s.typed}”. The groups are: ${s.names.join(', ')}.`,
  twice: s => t`The group ${s.group} is named twice with different numbers.`,
  tooMany: s => t`By ${s.dimension} they are ${s.sum}, more than the whole (${s.whole}).`,
};
