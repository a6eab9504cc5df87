type Node = Readonly<Record<string, unknown>>;

/**
 * Properties that the profile for data portals demands (DCAT-AP 3.0, tables of mandatory properties), and of what we
 * write beside them whether the vocabulary takes words or an address there (W3C DCAT 3, ranges).
 */
const MANDATORY: Readonly<Record<string, readonly string[]>> = {
  'dcat:Catalog': ['dct:title', 'dct:description', 'dct:publisher', 'dcat:dataset'],
  'dcat:Dataset': ['dct:title', 'dct:description'],
  'dcat:Distribution': ['dcat:accessURL'],
  'foaf:Agent': ['foaf:name'],
};
const WORDS = ['dct:title', 'dct:description', 'dct:identifier', 'foaf:name', 'skos:prefLabel'];
const ADDRESSES = [
  ...['dcat:accessURL', 'dcat:downloadURL', 'dcat:mediaType', 'dct:license', 'dct:language', 'dct:source'],
  'foaf:homepage',
];
const NODES = ['dct:publisher', 'dct:spatial', 'dcat:dataset', 'dcat:distribution'];
/** Namespaces of the prefixes, as their owners publish them. */
const NAMESPACES: Readonly<Record<string, string>> = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const many = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/**
 * Lists what a catalogue in JSON-LD breaks of the vocabulary and of the profile; addresses may be relative to its own.
 */
export function faultsOfCatalogue(text: string, own: string): string[] {
  const root = JSON.parse(text) as Node;
  const faults: string[] = [];
  const context = root['@context'] as Record<string, string>;
  for (const [prefix, namespace] of Object.entries(context))
    if (NAMESPACES[prefix] !== namespace) faults.push(`@context ${prefix}: ${namespace}`);
  const identifiers: string[] = [];
  const look = (node: Node, path: string): void => {
    const type = String(node['@type']);
    for (const property of MANDATORY[type] ?? [])
      if (node[property] === undefined || many(node[property]).length === 0) faults.push(`${path}: no ${property}`);
    if (type === 'dcat:Dataset') identifiers.push(String(node['@id']), String(node['dct:identifier']));
    for (const [property, value] of Object.entries(node)) {
      if (property.startsWith('@')) continue;
      const at = `${path}/${property}`;
      if (!(property.split(':')[0]! in context)) faults.push(`${at}: a prefix without a namespace`);
      for (const one of many(value))
        if (WORDS.includes(property)) {
          if (typeof one !== 'string' || !one.trim()) faults.push(`${at}: no words`);
        } else if (ADDRESSES.includes(property)) {
          const id = isNode(one) ? one['@id'] : undefined;
          if (typeof id !== 'string' || !URL.canParse(id, own) || /\s/.test(id)) faults.push(`${at}: no address`);
        } else if (NODES.includes(property)) {
          if (isNode(one)) look(one, at);
          else faults.push(`${at}: no thing`);
        } else faults.push(`${at}: a property that is not known here`);
    }
  };
  look(root, '');
  if (root['@type'] !== 'dcat:Catalog') faults.push('no catalogue');
  if (new Set(identifiers).size < identifiers.length) faults.push('two datasets of one name');
  return faults;
}
