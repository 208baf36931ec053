/** Names and types as Spark SQL reads them. */
import { backquoted } from './arrangement.ts';
import type { SparkType } from './sparkType.ts';

/** In backquotes where SQL would take the bare name for something else: those that are not needed do no harm. */
export function quoteName(name: string): string {
  const isPlain = /^[A-Za-z_]\w*$/.test(name) && !notNames.has(name.toUpperCase());
  return isPlain ? name : backquoted(name);
}

export function ddlType(type: SparkType): string {
  switch (type.kind) {
    case 'atom':
      return type.collation === undefined
        ? type.name.toUpperCase()
        : `STRING COLLATE ${type.collation}`;
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'array':
      return `ARRAY<${ddlType(type.element)}>`;
    case 'map':
      return `MAP<${ddlType(type.key)}, ${ddlType(type.value)}>`;
    case 'struct':
      return `STRUCT<${type.fields.map((field) => `${quoteName(field.name)}: ${ddlType(field.type)}`).join(', ')}>`;
  }
}

/** What Spark reserves in ANSI mode, and more words that begin or go on with something. */
const notNames = new Set(
  `ALL AND ANTI ANY AS AUTHORIZATION BETWEEN BOTH CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE CROSS
  CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DISTINCT ELSE END ESCAPE EXCEPT EXISTS FALSE FETCH FILTER
  FOR FOREIGN FROM FULL GRANT GROUP HAVING ILIKE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEADING LEFT LIKE
  LIMIT MINUS NATURAL NOT NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PRIMARY REFERENCES RIGHT RLIKE SELECT SEMI
  SESSION_USER SOME TABLE THEN TIME TO TRAILING TRUE UNION UNIQUE UNKNOWN USER USING VALUES WHEN WHERE WINDOW WITH`.split(
    /\s+/,
  ),
);
