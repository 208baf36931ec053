/** Spark's error conditions about how texts compare. */
export const collationConditions = {
  COLLATION_INVALID_NAME: {
    sqlState: '42704',
    text: 'There is no collation <collationName>.',
  },
  'COLLATION_MISMATCH.EXPLICIT': {
    sqlState: '42P21',
    text: 'COLLATE says two collations for texts that are used together: <explicitTypes>.',
  },
  INDETERMINATE_COLLATION: {
    sqlState: '42P22',
    text: 'Texts of different collations meet, and nothing says which counts. COLLATE does.',
  },
  INDETERMINATE_COLLATION_IN_EXPRESSION: {
    sqlState: '42P22',
    text: 'Texts of different collations meet in <expr>, and nothing says which counts. COLLATE does.',
  },
  'UNSUPPORTED_FEATURE.TRIM_COLLATION': {
    sqlState: '0A000',
    text: 'Collations that disregard trailing blanks are not on. The setting spark.sql.collation.trim.enabled turns them on.',
  },
} as const;
