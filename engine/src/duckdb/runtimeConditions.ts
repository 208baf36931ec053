/** Spark's conditions that a running query can end with, in its words. */
export interface Condition {
  readonly sqlState: string;
  /** The message without class and state; `{x}` is the parameter x. */
  readonly message: string;
  readonly parameters: readonly string[];
}

const ansiHint = 'If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.';

export const conditions = {
  DIVIDE_BY_ZERO: {
    sqlState: '22012',
    message: `Division by zero. Use \`try_divide\` to tolerate divisor being 0 and return NULL instead. ${ansiHint}`,
    parameters: [],
  },
  ARITHMETIC_OVERFLOW: {
    sqlState: '22003',
    message: `{message}.{alternative} ${ansiHint}`,
    parameters: ['message', 'alternative'],
  },
  BINARY_ARITHMETIC_OVERFLOW: {
    sqlState: '22003',
    message:
      "{value1} {symbol} {value2} caused overflow. Use '{functionName}' to ignore overflow problem and return NULL.",
    parameters: ['value1', 'symbol', 'value2', 'functionName'],
  },
  CAST_INVALID_INPUT: {
    sqlState: '22018',
    message:
      'The value {expression} of the type {sourceType} cannot be cast to {targetType} because it is malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead.',
    parameters: ['expression', 'sourceType', 'targetType'],
  },
  CAST_OVERFLOW: {
    sqlState: '22003',
    message:
      'The value {value} of the type {sourceType} cannot be cast to {targetType} due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead.',
    parameters: ['value', 'sourceType', 'targetType'],
  },
  'NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION': {
    sqlState: '22003',
    message: `The {value} cannot be represented as Decimal({precision}, {scale}). ${ansiHint}`,
    parameters: ['value', 'precision', 'scale'],
  },
  UNSUPPORTED_DECIMAL_PRECISION: {
    sqlState: '0A000',
    message:
      'A decimal intermediate result needs more than 38 digits, which this engine does not support yet.',
    parameters: [],
  },
  UNSUPPORTED_JSON_VALUE: {
    sqlState: '0A000',
    message:
      'A value of the file does not fit the type of its column, which this engine does not support yet.',
    parameters: [],
  },
  UNSUPPORTED_SKETCH_TEXT: {
    sqlState: '0A000',
    message:
      'The text of a KLL sketch that has more values than its k, or was put together of several k, is not supported by this engine: it keeps all values.',
    parameters: [],
  },
  UNSUPPORTED_BINARY_TEXT: {
    sqlState: '0A000',
    message: 'Bytes that are no UTF-8 are not supported as text by this engine yet.',
    parameters: [],
  },
  UNSUPPORTED_CASE_MAPPING: {
    sqlState: '0A000',
    message: 'The capitals of {value} are not supported by this engine yet.',
    parameters: ['value'],
  },
  UNSUPPORTED_DATE_RANGE: {
    sqlState: '0A000',
    message: 'The value {value} is outside the dates that this engine supports.',
    parameters: ['value'],
  },
  'INVALID_FORMAT.ESC_IN_THE_MIDDLE': {
    sqlState: '42601',
    message:
      "The format is invalid: {format}. The escape character is not allowed to precede '{char}'.",
    parameters: ['format', 'char'],
  },
  'INVALID_FORMAT.ESC_AT_THE_END': {
    sqlState: '42601',
    message: 'The format is invalid: {format}. The escape character is not allowed to end with.',
    parameters: ['format'],
  },
  INVALID_ARRAY_INDEX: {
    sqlState: '22003',
    message:
      'The index {indexValue} is out of bounds. The array has {arraySize} elements. Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead.',
    parameters: ['indexValue', 'arraySize'],
  },
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: {
    sqlState: '22003',
    message:
      'The index {indexValue} is out of bounds. The array has {arraySize} elements. Use `try_element_at` to tolerate accessing element at invalid index and return NULL instead.',
    parameters: ['indexValue', 'arraySize'],
  },
  'INVALID_PARAMETER_VALUE.START': {
    sqlState: '22023',
    message:
      'The value of parameter(s) {parameter} in {functionName} is invalid: Expects a positive or a negative value for `start`, but got 0.',
    parameters: ['parameter', 'functionName'],
  },
  'INVALID_PARAMETER_VALUE.LENGTH': {
    sqlState: '22023',
    message:
      'The value of parameter(s) {parameter} in {functionName} is invalid: Expects `length` greater than or equal to 0, but got {length}.',
    parameters: ['parameter', 'length', 'functionName'],
  },
  ILLEGAL_SEQUENCE_BOUNDARIES: {
    sqlState: '22023',
    message: 'Illegal sequence boundaries: {start} to {stop} by {step}.',
    parameters: ['start', 'stop', 'step'],
  },
  'FAILED_READ_FILE.NO_HINT': {
    sqlState: 'KD001',
    message: 'Encountered error while reading file {path}. {reason}',
    parameters: ['path', 'reason'],
  },
  'MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION': {
    sqlState: '22023',
    message:
      "Malformed records are detected in record parsing: {badRecord}.\nParse Mode: {failFastMode}. To process malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'.",
    parameters: ['badRecord', 'failFastMode'],
  },
  INVALID_URL: {
    sqlState: '22P02',
    message:
      'The url is invalid: {url}. Use `try_parse_url` to tolerate invalid URL and return NULL instead.',
    parameters: ['url'],
  },
  CANNOT_DECODE_URL: {
    sqlState: '22546',
    message:
      'The provided URL cannot be decoded: {url}. Please ensure that the URL is properly formatted and try again.',
    parameters: ['url'],
  },
  'INVALID_PARAMETER_VALUE.AES_KEY_LENGTH': {
    sqlState: '22023',
    message:
      'The value of parameter(s) `key` in {functionName} is invalid: expects a binary value with 16, 24 or 32 bytes, but got {actualLength} bytes.',
    parameters: ['functionName', 'actualLength'],
  },
  'INVALID_PARAMETER_VALUE.AES_IV_LENGTH': {
    sqlState: '22023',
    message:
      'The value of parameter(s) `iv` in {functionName} is invalid: supports 16-byte CBC IVs and 12-byte GCM IVs, but got {actualLength} bytes for {mode}.',
    parameters: ['mode', 'functionName', 'actualLength'],
  },
  'INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR': {
    sqlState: '22023',
    message:
      'The value of parameter(s) `expr`, `key` in {functionName} is invalid: detail message: {detailMessage}.',
    parameters: ['functionName', 'detailMessage'],
  },
  'UNSUPPORTED_FEATURE.AES_MODE': {
    sqlState: '0A000',
    message:
      'The feature is not supported: AES-{mode} with the padding {padding} by the `aes_encrypt`/`aes_decrypt` function.',
    parameters: ['mode', 'padding'],
  },
  'UNSUPPORTED_FEATURE.AES_MODE_IV': {
    sqlState: '0A000',
    message:
      'The feature is not supported: `aes_encrypt` with AES-{mode} does not support initialization vectors (IVs).',
    parameters: ['mode'],
  },
  'UNSUPPORTED_FEATURE.AES_MODE_AAD': {
    sqlState: '0A000',
    message:
      'The feature is not supported: AES-{mode} does not support additional authenticate data (AAD).',
    parameters: ['mode'],
  },
  UNSUPPORTED_XPATH: {
    sqlState: '0A000',
    message: 'The path {path} is no XPath expression that this engine supports.',
    parameters: ['path'],
  },
  INVALID_XML_DOCUMENT: {
    sqlState: '22000',
    message: 'Invalid XML document: {xml}.',
    parameters: ['xml'],
  },
  VARIANT_DUPLICATE_KEY: {
    sqlState: '22023',
    message: 'Failed to build variant because of a duplicate object key `{key}`.',
    parameters: ['key'],
  },
  INVALID_VARIANT_CAST: {
    sqlState: '22023',
    message:
      'The variant value `{value}` cannot be cast into {dataType}. Please use `try_variant_get` instead.',
    parameters: ['value', 'dataType'],
  },
  INVALID_VARIANT_GET_PATH: {
    sqlState: '22023',
    message:
      'The path `{path}` is not a valid variant extraction path in {functionName}.\nA valid path should start with `$` and is followed by zero or more segments like `[123]`, `.name`, `[\'name\']`, or `["name"]`.',
    parameters: ['path', 'functionName'],
  },
  NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION: {
    sqlState: '22003',
    message: 'Found a negative value in a frequency expression, which is expected to be positive.',
    parameters: [],
  },
  INVALID_BITMAP_POSITION: {
    sqlState: '22003',
    message:
      'The 0-indexed bitmap position {bitPosition} is out of bounds. The bitmap has {bitmapNumBytes} bytes.',
    parameters: ['bitPosition', 'bitmapNumBytes'],
  },
  NULL_MAP_KEY: { sqlState: '2200E', message: 'Cannot use null as map key.', parameters: [] },
  DUPLICATED_MAP_KEY: {
    sqlState: '23505',
    message:
      'Duplicate map key {key} was found, please check the input data.\nIf you want to remove the duplicated keys, you can set "spark.sql.mapKeyDedupPolicy" to "LAST_WIN" so that the key inserted at last takes precedence.',
    parameters: ['key'],
  },
  MAP_ARRAY_SIZES_DIFFER: {
    sqlState: '22023',
    message: 'The key array and value array of MapData must have the same length.',
    parameters: [],
  },
  COMPARATOR_RETURNS_NULL: {
    sqlState: '22004',
    message:
      'The comparator has returned a NULL for a comparison between {firstValue} and {secondValue}. It should return a positive integer for "greater than", 0 for "equal" and a negative integer for "less than". To revert to deprecated behavior where NULL is treated as 0 (equal), you must set "spark.sql.legacy.allowNullComparisonResultInArraySort" to "true".',
    parameters: ['firstValue', 'secondValue'],
  },
  INVALID_INDEX_OF_ZERO: {
    sqlState: '22003',
    message:
      'The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).',
    parameters: [],
  },
  EXCEED_LIMIT_LENGTH: {
    sqlState: '54006',
    message: 'Exceeds char/varchar type length limitation: {limit}.',
    parameters: ['limit'],
  },
  'INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE': {
    sqlState: '22023',
    message:
      'The value of parameter(s) {parameter} in {functionName} is invalid: expects an integer value in [0, {upper}), but got {invalidValue}.',
    parameters: ['functionName', 'parameter', 'upper', 'invalidValue'],
  },
  'INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER': {
    sqlState: '22007',
    message: `Unrecognized datetime pattern: {pattern}. Illegal pattern character found in datetime pattern: '{c}'. Please provide legal character.`,
    parameters: ['c', 'pattern'],
  },
  'INVALID_DATETIME_PATTERN.LENGTH': {
    sqlState: '22007',
    message:
      'Unrecognized datetime pattern: {pattern}. Too many letters in datetime pattern. Please reduce pattern length.',
    parameters: ['pattern'],
  },
  INVALID_DATETIME_PATTERN: {
    sqlState: '22007',
    message: 'Unrecognized datetime pattern: {pattern}. {reason}',
    parameters: ['reason', 'pattern'],
  },
  'INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION': {
    sqlState: '42K0B',
    message:
      'You may get a different result due to the upgrading to Spark >= 3.0: Spark >= 3.0 does not recognize the pattern {pattern} in the DateTimeFormatter. 1) You can set {config} to "LEGACY" to restore the behavior before Spark 3.0. 2) You can form a valid datetime pattern with the guide from {docroot}/sql-ref-datetime-pattern.html.',
    parameters: ['pattern', 'config', 'docroot'],
  },
  'INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN': {
    sqlState: '42K0B',
    message:
      'You may get a different result due to the upgrading to Spark >= 3.0: All week-based patterns are unsupported since Spark 3.0, detected week-based character: {c}. Please use the SQL function EXTRACT instead.',
    parameters: ['c'],
  },
  CANNOT_PARSE_TIMESTAMP: {
    sqlState: '22007',
    message: '{message}. Use {func} to tolerate invalid input string and return NULL instead.',
    parameters: ['func', 'message'],
  },
  INVALID_TIMEZONE: {
    sqlState: '22009',
    message:
      "The timezone: {timeZone} is invalid. The timezone must be either a region-based zone ID or a zone offset. Region IDs must have the form 'area/city', such as 'America/Los_Angeles'. Zone offsets must be in the format '(+|-)HH', '(+|-)HH:mm’ or '(+|-)HH:mm:ss', e.g '-08' , '+01:00' or '-13:33:33', and must be in the range from -18:00 to +18:00. 'Z' and 'UTC' are accepted as synonyms for '+00:00'.",
    parameters: ['timeZone'],
  },
  INVALID_FRACTION_OF_SECOND: {
    sqlState: '22023',
    message: `Valid range for seconds is [0, 60] (inclusive), but the provided value is {secAndMicros}. To avoid this error, use \`try_make_timestamp\`, which returns NULL on error.`,
    parameters: ['secAndMicros'],
  },
  ILLEGAL_DAY_OF_WEEK: {
    sqlState: '22009',
    message: 'Illegal input for day of week: {string}.',
    parameters: ['string'],
  },
  CANNOT_PARSE_TIME: {
    sqlState: '22010',
    message:
      'The input string {input} cannot be parsed to a TIME value because it does not match to the datetime format {format}.',
    parameters: ['input', 'format'],
  },
  'INVALID_PARAMETER_VALUE.TIME_UNIT': {
    sqlState: '22023',
    message:
      "The value of parameter(s) {parameter} in {functionName} is invalid: expects one of the units 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND', 'MICROSECOND', but got {invalidValue}.",
    parameters: ['functionName', 'parameter', 'invalidValue'],
  },
  'DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION': {
    sqlState: '22023',
    message: '{rangeMessage}.',
    parameters: ['rangeMessage'],
  },
  DATETIME_OVERFLOW: {
    sqlState: '22008',
    message: 'Datetime operation overflow: {operation}.',
    parameters: ['operation'],
  },
  UNSUPPORTED_ZONE_NAME: {
    sqlState: '0A000',
    message: 'The name of the time zone {zone} is not supported by this engine yet.',
    parameters: ['zone'],
  },
  SCALAR_SUBQUERY_TOO_MANY_ROWS: {
    sqlState: '21000',
    message: 'More than one row returned by a subquery used as an expression.',
    parameters: [],
  },
  'INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION': {
    sqlState: '22015',
    message:
      'Integer overflow while operating with intervals. Use {functionName} to tolerate overflow and return NULL instead.',
    parameters: ['functionName'],
  },
  'INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION': {
    sqlState: '22015',
    message:
      'Integer overflow while operating with intervals. Try devising appropriate values for the interval parameters.',
    parameters: [],
  },
  INTERVAL_DIVIDED_BY_ZERO: {
    sqlState: '22012',
    message:
      'Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.',
    parameters: [],
  },
  INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION: {
    sqlState: '22006',
    message: `Cannot add an interval to a date because its microseconds part is not 0. ${ansiHint}`,
    parameters: [],
  },
  'INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE': {
    sqlState: '22006',
    message:
      "Error parsing '{input}' to interval. Interval string does not match {intervalStr} format of {typeName}. Please ensure that the value provided is in a valid format for defining an interval.",
    parameters: ['input', 'intervalStr', 'typeName'],
  },
  INVALID_BASE64: {
    sqlState: '22018',
    message: 'The text {text} is not in base 64.',
    parameters: ['text'],
  },
  CONVERSION_INVALID_INPUT: {
    sqlState: '22018',
    message:
      'The value {str} ({fmt}) cannot be converted to {targetType} because it is malformed. Correct the value as per the syntax, or change its format. Use {suggestion} to tolerate malformed input and return NULL instead.',
    parameters: ['str', 'fmt', 'targetType', 'suggestion'],
  },
  'INVALID_PARAMETER_VALUE.CHARSET': {
    sqlState: '22023',
    message:
      'The value of parameter(s) {parameter} in {functionName} is invalid: expects one of the {charsets}, but got {charset}.',
    parameters: ['functionName', 'parameter', 'charsets', 'charset'],
  },
  MALFORMED_CHARACTER_CODING: {
    sqlState: '22000',
    message: 'Invalid value found when performing {function} with {charset}',
    parameters: ['function', 'charset'],
  },
  INVALID_UTF8_STRING: {
    sqlState: '22029',
    message: 'Invalid UTF8 byte sequence found in string: {str}.',
    parameters: ['str'],
  },
  INVALID_FORMAT_STRING: {
    sqlState: '22023',
    message: "The format '{format}' can't be used: {reason}.",
    parameters: ['format', 'reason'],
  },
  'INVALID_PARAMETER_VALUE.ZERO_INDEX': {
    sqlState: '22023',
    message:
      'The value of parameter(s) {parameter} in {functionName} is invalid: expects %1$, %2$ and so on, but got %0$.',
    parameters: ['parameter', 'functionName'],
  },
  UNSUPPORTED_NUMBER_FORMAT: {
    sqlState: '0A000',
    message: "The number format '{format}' is not supported by this engine yet.",
    parameters: ['format'],
  },
  'INVALID_FORMAT.MISMATCH_INPUT': {
    sqlState: '42601',
    message:
      'The format is invalid: {format}. The input {inputType} {input} does not match the format.',
    parameters: ['inputType', 'input', 'format'],
  },
  UNSUPPORTED_REGEX: {
    sqlState: '0A000',
    message: "The pattern '{pattern}' is not supported by this engine yet: {reason}.",
    parameters: ['pattern', 'reason'],
  },
  'INVALID_PARAMETER_VALUE.PATTERN': {
    sqlState: '22023',
    message: 'The value of parameter(s) {parameter} in {functionName} is invalid: {value}.',
    parameters: ['parameter', 'functionName', 'value'],
  },
  'INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX': {
    sqlState: '22023',
    message:
      'The value of parameter(s) {parameter} in {functionName} is invalid: Expects group index between 0 and {groupCount}, but got {groupIndex}.',
    parameters: ['parameter', 'functionName', 'groupCount', 'groupIndex'],
  },
  'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE': {
    sqlState: '42K09',
    message: 'The `position` must be between (0, 2147483647] (current value = {currentValue}).',
    parameters: ['currentValue'],
  },
  INVALID_REGEXP_REPLACE: {
    sqlState: '22023',
    message: "The replacement can't be used: {reason}.",
    parameters: ['reason'],
  },
  VECTOR_DIMENSION_MISMATCH: {
    sqlState: '22000',
    message:
      'Vectors passed to {functionName} must have the same dimension, but got {leftDim} and {rightDim}.',
    parameters: ['functionName', 'leftDim', 'rightDim'],
  },
  INVALID_VECTOR_NORM_DEGREE: {
    sqlState: '22023',
    message: 'The degree of a norm of a vector must be 1, 2 or infinity, but is {degree}.',
    parameters: ['degree'],
  },
  HLL_INVALID_INPUT_SKETCH_BUFFER: {
    sqlState: '22546',
    message:
      'Invalid call to {function}; only sketch buffers of this engine are supported as inputs (such as those produced by the `hll_sketch_agg` function).',
    parameters: ['function'],
  },
  THETA_INVALID_INPUT_SKETCH_BUFFER: {
    sqlState: '22546',
    message:
      'Invalid call to {function}; only sketch buffers of this engine are supported as inputs (such as those produced by the `theta_sketch_agg` function).',
    parameters: ['function'],
  },
  TUPLE_INVALID_INPUT_SKETCH_BUFFER: {
    sqlState: '22546',
    message:
      'Invalid call to {function}; only sketch buffers of this engine are supported as inputs (such as those produced by the `tuple_sketch_agg_double` function).',
    parameters: ['function'],
  },
  KLL_INVALID_INPUT_SKETCH_BUFFER: {
    sqlState: '22546',
    message:
      'Invalid call to {function}; only sketch buffers of this engine are supported as inputs (such as those produced by the `kll_sketch_agg_bigint` function).',
    parameters: ['function'],
  },
  HLL_INVALID_LG_K: {
    sqlState: '22546',
    message:
      'Invalid call to {function}; the `lgConfigK` value must be between {min} and {max}, inclusive: {value}.',
    parameters: ['function', 'min', 'max', 'value'],
  },
  HLL_UNION_DIFFERENT_LG_K: {
    sqlState: '22000',
    message:
      'Sketches have different `lgConfigK` values: {left} and {right}. Set the `allowDifferentLgConfigK` parameter to true to call {function} with different `lgConfigK` values.',
    parameters: ['left', 'right', 'function'],
  },
  SKETCH_INVALID_LG_NOMINAL_ENTRIES: {
    sqlState: '22546',
    message:
      'Invalid call to {function}; the `lgNomEntries` value must be between {min} and {max}, inclusive: {value}.',
    parameters: ['function', 'min', 'max', 'value'],
  },
  TUPLE_INVALID_SUMMARY_MODE: {
    sqlState: '22546',
    message: 'The mode of a tuple sketch must be sum, min, max or alwaysone, but is {mode}.',
    parameters: ['mode'],
  },
  KLL_SKETCH_K_OUT_OF_RANGE: {
    sqlState: '22003',
    message:
      'For function {functionName}, the k parameter must be between 8 and 65535, but got {k}.',
    parameters: ['functionName', 'k'],
  },
  KLL_SKETCH_INVALID_QUANTILE_RANGE: {
    sqlState: '22003',
    message: 'For function {functionName}, the quantile {quantile} is invalid for the sketch.',
    parameters: ['functionName', 'quantile'],
  },
  USER_RAISED_EXCEPTION: {
    sqlState: 'P0001',
    message: '{errorMessage}',
    parameters: ['errorMessage'],
  },
  DATETIME_FIELD_OUT_OF_BOUNDS: {
    sqlState: '22023',
    message: `{rangeMessage}. ${ansiHint}`,
    parameters: ['rangeMessage'],
  },
  SAMPLE_SCHEMA_DISAGREES: {
    sqlState: '58030',
    message: 'A later row of the file does not fit the types that its first rows have.',
    parameters: [],
  },
} as const satisfies Readonly<Record<string, Condition>>;

export type ConditionName = keyof typeof conditions;
