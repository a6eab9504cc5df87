import type { Messages } from '../messages.ts';
import { code, t } from '../text.ts';

export const me: Messages['me'] = {
  command: {
    name: 'me',
    summary: 'Your data and settings',
    show: { name: 'show', summary: 'Show your data', example: '', options: {} },
    language: {
      name: 'language',
      summary: 'Choose your language',
      example: 'indonesian',
      options: { language: { name: 'language', help: 'The language for you alone' } },
    },
    timezone: {
      name: 'timezone',
      summary: 'Choose your time zone',
      example: 'WITA',
      options: { timezone: { name: 'timezone', help: 'The time zone for you alone' } },
    },
    export: { name: 'export', summary: 'Download everything about you', example: '', options: {} },
    forget: {
      name: 'forget',
      summary: 'Delete your name and accounts from the forum',
      example: 'confirm:yes',
      options: { confirm: { name: 'confirm', help: 'Yes: delete now' } },
    },
  },
  exported: 'What is stored about you',
  exportedFile: t`Everything that is stored about you in this forum (JSON).`,
  forgetAsk: 'Delete your name and accounts from this forum?',
  forgetHint: t`Your name, accounts, seat and settings are deleted and cannot be brought back. Your activities, reports and votes still count, under a number without a name.`,
  forgotten: 'Your name and accounts are deleted',
  forgottenHint: t`Answers given lately are kept for seven days at most and then go by themselves.`,
  lastCoordinator: t`You are the only coordinator. Please add another one first.`,
  languages: { id: 'Indonesian', en: 'English', forum: 'as the forum' },
  title: 'Your data',
  name: 'Name',
  partner: 'Partner',
  noPartner: t`none yet; join one with ${code('/partner join')}`,
  roles: 'Roles',
  language: 'Language',
  zone: 'Time zone',
  ofForum: s => t`${s.value} (as the forum)`,
  languageSet: s => t`Your language: ${s.language}`,
  zoneSet: s => t`Your time zone: ${s.zone}`,
  seat: s => t`${s.role} of ${s.partner}`,
};

export const help: Messages['help'] = {
  command: {
    name: 'help',
    summary: 'What you can do',
    whole: {
      name: '',
      summary: 'Show the commands and their examples',
      example: 'activity',
      options: { topic: { name: 'topic', help: 'The command you want to know about' } },
    },
  },
  title: 'Help with Rembug',
  intro: t`What you can do. Type ${code('/help activity')} for examples.`,
  noTopic: s => t`There is no help about “${s.typed}”. Type ${code('/help')}.`,
  who: s => t`For ${s.who}`,
  example: 'Example',
  options: 'Options',
  required: 'required',
  nothing: t`There is nothing to do here before a forum is started.`,
};
