/** A failure whose message is meant for the person at the keyboard: what failed, on which file or option, what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The code of a failed system call, or nothing: `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
