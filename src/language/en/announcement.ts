import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

export const announcement: Messages['announcement'] = {
  urgencies: { normal: 'normal', early_warning: 'early warning' },
  confirm: 'Send this announcement to all places?',
  urgency: 'Urgency',
  places: 'It goes to',
  nowhere: 'no channel for announcements yet',
  reason: 'Without a second person because',
  needsSecond: t`An early warning is to be sent by another coordinator within five minutes. If there is none, please write it again with the reason.`,
  title: 'Announcement',
  warningTitle: 'EARLY WARNING',
  by: 'From',
  at: 'At',
  seen: 'Seen by',
  sent: 'The announcement is sent',
  thanks: 'Thank you for reading',
  none: t`There is no such announcement.`,
  alreadySent: t`This announcement was sent already.`,
  tooOld: t`This announcement was written more than five minutes ago. Please write it again.`,
  secondPerson: t`An early warning is to be sent by another coordinator. If there is none, please write it again with the reason.`,
  unseenTitle: s => t`${s.seen} have seen it, ${s.unseen} have not`,
  allSeen: t`Every member has seen it.`,
};
