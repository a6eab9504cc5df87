import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { askedOf, dimensionsOf } from '../domain/groups/dimensions.ts';
import { FIELDS, formIdOf, groupField } from '../domain/indicators/field-form.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { isPercent } from '../domain/indicators/span.ts';
import { unitKindOf } from '../domain/indicators/units.ts';
import type { Partner } from '../domain/partners.ts';
import { LOCALES, type Locale } from '../language/locale.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import { groupName } from '../views/groups.ts';
import { type BookSheet, xlsxOf } from './xlsx.ts';

/** The languages of a form as XLSForm names them, behind `label::`. */
const LANGUAGES: Readonly<Record<Locale, string>> = { id: 'Bahasa Indonesia (id)', en: 'English (en)' };

type Say = (m: Messages) => string;

/** Describes one row of the sheet `survey`. */
interface Question {
  readonly type: string;
  readonly name: string;
  readonly label?: Say;
  readonly hint?: Say;
  readonly required?: boolean;
  readonly relevant?: string;
  readonly constraint?: string;
  readonly message?: Say;
  readonly calculation?: string;
}

const inAll = (say: Say | undefined, wanted = LOCALES): (string | null)[] =>
  wanted.map(locale => (say ? say(catalogue[locale]) : null));

const headed = (name: string): string[] => LOCALES.map(locale => `${name}::${LANGUAGES[locale]}`);

const sheet = (name: string, head: readonly string[], rows: BookSheet['rows']): BookSheet => ({
  name,
  columns: head.map(one => ({ name: one })),
  rows,
});

const survey = (questions: readonly Question[]): BookSheet =>
  sheet(
    'survey',
    [
      'type',
      'name',
      ...headed('label'),
      ...headed('hint'),
      'required',
      'relevant',
      'constraint',
      ...headed('constraint_message'),
      'calculation',
    ],
    questions.map(one => [
      one.type,
      one.name,
      ...inAll(one.label),
      ...inAll(one.hint),
      one.required ? 'yes' : null,
      one.relevant ?? null,
      one.constraint ?? null,
      ...inAll(one.message),
      one.calculation ?? null,
    ]),
  );

const of = (name: string): string => `\${${name}}`;

/** The figures that are asked: a share by its two numbers, all else by its value, with the people of each group. */
function figures({ indicator, forum }: Asked): Question[] {
  const { unit, definition, name } = indicator;
  const about: Say = () => [name, unit && `(${unit})`, definition].filter(Boolean).join(' ');
  const isShare = isPercent(indicator);
  const type = isShare || unitKindOf(unit) === 'people' ? 'integer' : 'decimal';
  const notNegative = { constraint: '. >= 0', message: (m: Messages) => m.imports.form.labels.notNegative };
  const whole = isShare ? FIELDS.denominator : FIELDS.value;
  const within = {
    constraint: `. >= 0 and . <= ${of(whole)}`,
    message: (m: Messages) => m.imports.form.labels.withinWhole,
  };
  const asked: Question[] = isShare
    ? [
        {
          type,
          name: FIELDS.denominator,
          label: m => m.imports.form.labels.denominator,
          hint: about,
          required: true,
          constraint: '. > 0',
          message: m => m.imports.form.labels.notZero,
        },
        { type, name: FIELDS.numerator, label: m => m.imports.form.labels.numerator, required: true, ...within },
      ]
    : [
        {
          type,
          name: FIELDS.value,
          label: m => m.imports.form.labels.value,
          hint: about,
          required: true,
          // Levels such as temperatures may lie below zero.
          ...(unitKindOf(unit) === 'level' ? {} : notNegative),
        },
      ];
  const groups = askedOf(dimensionsOf(forum.settings), 'indicators').flatMap(one => one.groups);
  const byGroup = groups.map((key): Question => {
    return { type: 'integer', name: groupField(key), label: m => groupName(m, key), ...within };
  });
  return [...asked, ...byGroup];
}

/** The things of which a form asks. */
export interface Asked {
  readonly forum: Forum;
  readonly indicator: Indicator;
  /** The partners that report it; none: the forum as a whole. */
  readonly reporters: readonly Partner[];
  /** The local date, which the form's version is made of. */
  readonly today: string;
}

function questions(asked: Asked): Question[] {
  const { forum, indicator, reporters } = asked;
  const id = formIdOf(forum.id, indicator.number);
  const [only] = reporters;
  const partner: Question[] =
    reporters.length > 1
      ? [
          {
            type: 'select_one partners',
            name: FIELDS.partner,
            label: m => m.imports.form.labels.partner,
            required: true,
          },
        ]
      : only
        ? [{ type: 'calculate', name: FIELDS.partner, calculation: `'${codeOf('partner', only.number)}'` }]
        : [];
  return [
    { type: 'start', name: 'start' },
    { type: 'end', name: 'end' },
    { type: 'calculate', name: FIELDS.form, calculation: `'${id}'` },
    {
      type: 'date',
      name: FIELDS.date,
      label: m => m.imports.form.labels.date,
      required: true,
      constraint: '. <= today()',
      message: m => m.imports.form.labels.notFuture,
    },
    ...partner,
    ...figures(asked),
    {
      type: 'select_one yes_no',
      name: FIELDS.hasConstraint,
      label: m => m.imports.form.labels.hasConstraint,
    },
    {
      type: 'text',
      name: FIELDS.constrained,
      label: m => m.imports.form.labels.constrained,
      required: true,
      relevant: `${of(FIELDS.hasConstraint)} = 'yes'`,
    },
    { type: 'text', name: FIELDS.note, label: m => m.imports.form.labels.note },
  ];
}

/**
 * A form for enumerators as XLSForm (xlsform.org): the sheets `survey`, `choices` and `settings`, in both languages. It
 * carries its own id into every submission, and in its version the day and the indicator's terms.
 */
export function fieldFormOf(asked: Asked): Promise<Uint8Array> {
  const { forum, indicator, reporters, today } = asked;
  const { labels } = catalogue[forum.locale].imports.form;
  const yesNo = (['yes', 'no'] as const).map(name => ['yes_no', name, ...inAll(m => m.imports.form.labels[name])]);
  const partners = reporters.map(one => ['partners', codeOf('partner', one.number), ...inAll(() => one.name)]);
  const version = `${today.replaceAll('-', '')}${String(indicator.version).padStart(2, '0')}`;
  const title = `${codeOf('indicator', indicator.number)} ${indicator.name}`;
  return xlsxOf(
    [
      survey(questions(asked)),
      sheet(
        'choices',
        ['list_name', 'name', ...headed('label')],
        reporters.length > 1 ? [...yesNo, ...partners] : yesNo,
      ),
      sheet(
        'settings',
        ['form_title', 'form_id', 'version', 'default_language', 'instance_name'],
        [
          [
            title,
            formIdOf(forum.id, indicator.number),
            version,
            LANGUAGES[forum.locale],
            `concat('${labels.about} ${codeOf('indicator', indicator.number)} ', ${of(FIELDS.date)})`,
          ],
        ],
      ),
    ],
    forum.locale,
  );
}
