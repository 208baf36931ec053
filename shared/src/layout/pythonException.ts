/** An exception that Python would raise, as data: its class and its exact text. */
export interface PythonException {
  readonly kind: 'python-exception';
  /** `ValueError`, `TypeError`, or a class of a module: `struct.error`, `numpy.exceptions.AxisError`. */
  readonly exception: string;
  readonly message: string;
}

export function raise(
  exception: string,
  message: string,
): { readonly ok: false; readonly error: PythonException } {
  return { ok: false, error: { kind: 'python-exception', exception, message } };
}

/** As the last line of a traceback. */
export function exceptionText(error: PythonException): string {
  return `${error.exception}: ${error.message}`;
}
