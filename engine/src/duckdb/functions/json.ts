/** JSON, CSV and XML: options and schemas are constants, which travel beside the call. */
import type { Expression, FunctionCall } from '#sql/plan/resolved.ts';
import type { Lowering } from '../context.ts';
import { fromCsv, toCsv } from '../scalarFunctions/csvFunctions.ts';
import * as ours from '../scalarFunctions/jsonFunctions.ts';
import type { ScalarFunction } from '../scalarFunctions/scalarFunction.ts';
import { scalarCall, scalarRow } from '../scalarFunctions/scalarFunction.ts';
import { fromXml, toXml } from '../scalarFunctions/xmlFunctions.ts';
import * as xpath from '../scalarFunctions/xpath.ts';
import type { Row, Rows } from './row.ts';

export const json: Rows = {
  from_json: withOptions(ours.fromJson),
  to_json: withOptions(ours.toJson),
  schema_of_json: lastArgument,
  schema_of_csv: lastArgument,
  schema_of_xml: lastArgument,
  from_csv: withOptions(fromCsv),
  to_csv: withOptions(toCsv),
  from_xml: withOptions(fromXml),
  to_xml: withOptions(toXml),
  xpath: scalarRow(xpath.xpathNodes),
  xpath_boolean: scalarRow(xpath.xpathBoolean),
  xpath_double: scalarRow(xpath.xpathNumber),
  xpath_float: scalarRow(xpath.xpathNumber),
  xpath_int: scalarRow(xpath.xpathNumber),
  xpath_long: scalarRow(xpath.xpathNumber),
  xpath_short: scalarRow(xpath.xpathNumber),
  xpath_string: scalarRow(xpath.xpathString),
  get_json_object: scalarRow(ours.getJsonObject),
  json_array_length: scalarRow(ours.jsonArrayLength),
  json_object_keys: scalarRow(ours.jsonObjectKeys),
};

/** The last argument, a constant text, is for the function and not for the rows. */
export function withOptions(definition: ScalarFunction): Row {
  return (args, call: FunctionCall, lowering: Lowering) => {
    const values = call.arguments.slice(0, -1);
    const options = textOf(call.arguments.at(-1));
    return scalarCall(
      definition,
      args.slice(0, values.length),
      { ...call, arguments: values },
      lowering,
      options,
    );
  };
}

/** What the analyzer has computed already. */
export function lastArgument(args: readonly string[]): string {
  return args.at(-1) ?? 'NULL';
}

function textOf(expression: Expression | undefined): string {
  return expression?.kind === 'literal' ? String(expression.value) : '';
}
