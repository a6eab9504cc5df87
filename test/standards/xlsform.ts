import readXlsx from 'read-excel-file/node';

/** Types of questions that the XLSForm reference lists, without a list behind them. */
const TYPES = new Set([
  'integer',
  'decimal',
  'text',
  'date',
  'note',
  'calculate',
  'start',
  'end',
  'today',
  'deviceid',
  'geopoint',
  'image',
  'time',
  'dateTime',
  'acknowledge',
  'hidden',
]);
const HIDDEN = new Set(['calculate', 'start', 'end', 'today', 'deviceid', 'hidden']);
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const SURVEY =
  /^(type|name|label(::.+)?|hint(::.+)?|required|relevant|constraint|constraint_message(::.+)?|calculation)$/;
const CHOICES = /^(list_name|name|label(::.+)?)$/;
const SETTINGS = new Set(['form_title', 'form_id', 'version', 'default_language', 'instance_name']);

type Row = Readonly<Record<string, string>>;

export interface Form {
  readonly survey: readonly Row[];
  readonly choices: readonly Row[];
  readonly settings: Row;
  readonly faults: readonly string[];
}

function rowsOf(data: readonly (readonly unknown[])[]): Row[] {
  const [head = [], ...rows] = data;
  return rows
    .filter(row => row.some(cell => cell !== null))
    .map(row => Object.fromEntries(head.map((name, i) => [String(name), row[i] === null ? '' : String(row[i] ?? '')])));
}

const languagesIn = (rows: readonly Row[], column: string): string[] =>
  Object.keys(rows[0] ?? {}).flatMap(name => (name.startsWith(`${column}::`) ? [name.slice(column.length + 2)] : []));

/** Signs of an expression that XPath knows: what is left of it once names, numbers and texts are taken away. */
const RESIDUE = /^(?:\s|\.|<=|>=|=|<|>|\band\b|\bor\b|\(|\)|,)*$/;

/** Checks an expression: brackets are paired, `${}` names a question, functions are known. */
function faultsOf(expression: string, names: ReadonlySet<string>): string[] {
  const bare = expression.replace(/'[^']*'/g, '');
  const faults = [...bare.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, name]) =>
    names.has(name!) ? [] : [`names no question: ${name}`],
  );
  const called = [...bare.matchAll(/([a-z][a-z-]*)\(/g)].map(one => one[1]!);
  for (const name of called)
    if (!['today', 'concat', 'selected', 'not'].includes(name)) faults.push(`function ${name}`);
  const rest = bare
    .replace(/\$\{[^}]*\}/g, '')
    .replace(/[a-z][a-z-]*(?=\()/g, '')
    .replace(/\b\d+(\.\d+)?\b/g, '');
  if (!RESIDUE.test(rest)) faults.push(`cannot be read: ${expression}`);
  const depth = [...bare].reduce((sum, sign) => sum + (sign === '(' ? 1 : sign === ')' ? -1 : 0), 0);
  if (depth !== 0) faults.push(`brackets: ${expression}`);
  return faults;
}

/** Reads a form as the reference of XLSForm (xlsform.org) describes it, and tells all that is wrong with it. */
export async function readForm(bytes: Uint8Array): Promise<Form> {
  const sheets = new Map(
    (await readXlsx(Buffer.from(bytes))).map(({ sheet, data }) => [sheet, rowsOf(data as unknown[][])]),
  );
  const faults: string[] = [];
  const [survey = [], choices = [], set = []] = ['survey', 'choices', 'settings'].map(name => sheets.get(name));
  for (const name of sheets.keys()) if (!/^(survey|choices|settings)$/.test(name)) faults.push(`sheet ${name}`);
  if (!survey.length) faults.push('no survey');
  if (set.length !== 1) faults.push(`${set.length} rows of settings`);
  const settings = set[0] ?? {};
  for (const name of Object.keys(settings)) if (!SETTINGS.has(name)) faults.push(`setting ${name}`);
  for (const name of Object.keys(survey[0] ?? {})) if (!SURVEY.test(name)) faults.push(`column ${name}`);
  for (const name of Object.keys(choices[0] ?? {})) if (!CHOICES.test(name)) faults.push(`column ${name}`);
  if (!settings.form_id || /\s/.test(settings.form_id)) faults.push('form_id');
  if (!/^\d{10}$/.test(settings.version ?? '')) faults.push('version');
  const languages = languagesIn(survey, 'label');
  if (languages.length && !languages.includes(settings.default_language ?? '')) faults.push('default_language');
  for (const column of ['hint', 'constraint_message'])
    if (languagesIn(survey, column).join() !== languages.join()) faults.push(`languages of ${column}`);
  if (languagesIn(choices, 'label').join() !== languages.join()) faults.push('languages of choices');
  const names = new Set<string>();
  const lists = new Set(choices.map(one => one.list_name));
  for (const one of choices) {
    if (!one.list_name || !one.name) faults.push('a choice without a name');
    for (const language of languages) if (!one[`label::${language}`]) faults.push(`label of ${one.name}`);
  }
  const twice = choices.map(one => `${one.list_name} ${one.name}`);
  if (new Set(twice).size !== twice.length) faults.push('a choice twice');
  for (const one of survey) {
    const [type = '', list, ...rest] = (one.type ?? '').split(' ');
    if (type === 'select_one' || type === 'select_multiple') {
      if (!list || !lists.has(list)) faults.push(`list ${list}`);
    } else if (!TYPES.has(type) || list !== undefined) faults.push(`type ${one.type}`);
    if (rest.length) faults.push(`type ${one.type}`);
    if (!NAME.test(one.name ?? '')) faults.push(`name ${one.name}`);
    if (names.has(one.name!)) faults.push(`name twice: ${one.name}`);
    names.add(one.name!);
    const isShown = !HIDDEN.has(type);
    for (const language of languages)
      if (isShown && !one[`label::${language}`]) faults.push(`label of ${one.name} in ${language}`);
    if (type === 'calculate' && !one.calculation) faults.push(`calculation of ${one.name}`);
    if (one.required && !/^(yes|true|true\(\))$/.test(one.required)) faults.push(`required of ${one.name}`);
    if (one.constraint && languages.some(language => !one[`constraint_message::${language}`]))
      faults.push(`message of ${one.name}`);
  }
  for (const one of survey)
    for (const expression of [one.relevant, one.constraint, one.calculation])
      if (expression) faults.push(...faultsOf(expression, names));
  if (settings.instance_name) faults.push(...faultsOf(settings.instance_name, names));
  return { survey, choices, settings, faults };
}
