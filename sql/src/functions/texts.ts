/** Functions of CSV and XML. */
import { quotedType } from '../plan/columnText.ts';
import type { DataType } from '../plan/types.ts';
import {
  arrayType,
  booleanType,
  doubleType,
  floatType,
  intType,
  longType,
  shortType,
  stringType,
  typeSql,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
import { literalOf } from '../typing/build.ts';
import { csvCells, csvCellType, csvOptionsFrom, plainTimes } from '../value/csv.ts';
import { parseXml } from '../value/xml.ts';
import { schemaOfXml, xmlOptionsFrom } from '../value/xmlSchema.ts';
import { checkMode } from './json.ts';
import { argument, mismatched, scalar, unexpected } from './nested.ts';
import { constantText, hiddenOptions, optionsAt, schemaAt, structSchemaAt } from './options.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast } from './row.ts';

const text = (site: CallSite) => cast({ ...site, arguments: [argument(site, 0)] }, [stringType]);

const reading =
  (schema: (site: CallSite) => DataType, isNullable: (site: CallSite) => boolean) =>
  (site: CallSite): Typed => {
    const type = schema(site);
    const options = optionsAt(site, 2);
    checkMode(site, options);
    return {
      arguments: [...text(site), hiddenOptions(options)],
      type,
      nullable: isNullable(site),
      shownCount: 1,
    };
  };

function writing(site: CallSite): Typed {
  const options = optionsAt(site, 1);
  const value = argument(site, 0);
  if (value.type.kind !== 'struct') unexpected(site, 0, '"STRUCT"');
  return {
    arguments: [value, hiddenOptions(options)],
    type: stringType,
    nullable: true,
    shownCount: 1,
  };
}

function known(site: CallSite, schema: string): Typed {
  return {
    arguments: [argument(site, 0), literalOf(schema, stringType, site.range)],
    type: stringType,
    nullable: false,
    shownCount: 1,
  };
}

function csvSchema(site: CallSite): Typed {
  const options = optionsAt(site, 1);
  const line = constantText(site, 'csv');
  if (Object.keys(options).some((key) => key.endsWith('format'))) {
    raise('UNSUPPORTED_EXPRESSION', { feature: 'schema_of_csv with a pattern' }, site.range);
  }
  const fields = csvCells(line, csvOptionsFrom(options, false)).map((cell, index) => ({
    name: `_c${index}`,
    type: csvCellType(cell, plainTimes) ?? stringType,
    nullable: true,
  }));
  return known(site, typeSql({ kind: 'struct', fields }));
}

function xmlSchema(site: CallSite): Typed {
  const options = optionsAt(site, 1);
  const root = parseXml(constantText(site, 'xml'));
  if (root === undefined) {
    return raise(
      'UNSUPPORTED_EXPRESSION',
      { feature: 'schema_of_xml of malformed XML' },
      site.range,
    );
  }
  return known(site, schemaOfXml(root, xmlOptionsFrom(options)));
}

function xmlSchemaAt(site: CallSite): DataType {
  const type = schemaAt(site, 1);
  if (type.kind === 'struct') return type;
  return mismatched(site, 'DATATYPE_MISMATCH.INVALID_XML_SCHEMA', { schema: quotedType(type) });
}

const path = (name: string, type: DataType, doc: string, aliases: readonly string[] = []) =>
  scalar(
    name,
    2,
    `${name}(xml, path)`,
    doc,
    (site) => ({ arguments: cast(site, [stringType]), type, nullable: true }),
    { aliases },
  );

export const texts: readonly FunctionRow[] = [
  scalar(
    'from_csv',
    [2, 3],
    'from_csv(text, schema[, options])',
    'The struct that a line of CSV holds, by a schema.',
    reading(
      (site) => structSchemaAt(site, 1),
      (site) => argument(site, 0).nullable,
    ),
  ),
  scalar('to_csv', [1, 2], 'to_csv(struct[, options])', 'A struct as a line of CSV.', writing),
  scalar(
    'schema_of_csv',
    [1, 2],
    'schema_of_csv(text[, options])',
    'The schema of a constant line of CSV.',
    csvSchema,
  ),
  scalar(
    'from_xml',
    [2, 3],
    'from_xml(text, schema[, options])',
    'The struct that an XML text holds, by a schema.',
    reading(xmlSchemaAt, () => true),
  ),
  scalar('to_xml', [1, 2], 'to_xml(struct[, options])', 'A struct as XML.', writing),
  scalar(
    'schema_of_xml',
    [1, 2],
    'schema_of_xml(text[, options])',
    'The schema of a constant XML text.',
    xmlSchema,
  ),
  path('xpath', arrayType(stringType, true), 'The texts of the nodes at a path.'),
  path('xpath_boolean', booleanType, 'Whether an XPath expression is true, or finds a node.'),
  path('xpath_double', doubleType, 'What an XPath expression finds as a number.', ['xpath_number']),
  path('xpath_float', floatType, 'What an XPath expression finds as a number.'),
  path('xpath_int', intType, 'What an XPath expression finds as a whole number.'),
  path('xpath_long', longType, 'What an XPath expression finds as a whole number.'),
  path('xpath_short', shortType, 'What an XPath expression finds as a whole number.'),
  path('xpath_string', stringType, 'The text of the first node at a path.'),
];
