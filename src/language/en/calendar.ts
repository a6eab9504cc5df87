import type { Messages } from '../id/index.ts';
import { code, t } from '../text.ts';

export const calendar: Messages['calendar'] = {
  command: {
    name: 'calendar',
    summary: 'Your meetings and deadlines in your own calendar',
    show: {
      name: 'show',
      summary: 'See the meetings to come and the addresses of calendars',
      example: '',
      options: {},
    },
    link: {
      name: 'link',
      summary: 'Make a secret address of your calendar',
      example: 'alarm:30',
      options: { alarm: { name: 'alarm', help: 'How many minutes before the calendar reminds you' } },
    },
    revoke: { name: 'revoke', summary: 'Revoke all secret addresses of your calendar', example: '', options: {} },
  },
  title: 'Your calendar',
  coming: t`Meetings and activities to come:`,
  nothing: t`There is no meeting to come for you yet.`,
  ofForum: 'The forum’s calendar',
  hint: t`With ${code('/calendar link')} your meetings, reports, votes and actions come into the calendar of your phone.`,
  linked: 'The address of your calendar',
  address: 'Address',
  alarm: 'Reminder',
  minutes: s => t`${s.n} minutes before`,
  secret: t`Whoever has this address can read your calendar. Please subscribe to it in your calendar, and revoke it with ${code('/calendar revoke')} should it get around.`,
  revoked: s => t`Addresses of your calendar are revoked (${s.n})`,
  noneRevoked: 'There is no address of your calendar in force',
  nameOf: s => `${s.forum}: ${s.person}`,
  closes: s => `${s.title} closes`,
  report: s => `Report of ${s.title} (${s.period})`,
};
