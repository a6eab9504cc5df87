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
  unknown: 'unknown',
  accepts: s => t`numbers by group such as M=41 F=27 (${s.names.join(', ')})`,
  notKnown: s => t`There is no group “${s.typed}”. The groups are: ${s.names.join(', ')}.`,
  twice: s => t`The group ${s.group} is named twice with different numbers.`,
  tooMany: s => t`By ${s.dimension} they are ${s.sum}, more than the whole (${s.whole}).`,
};
