// A reporter of node:test: one line of JSON for each test that has ended.
export default async function* report(source) {
  /** Titles of the suites and tests around, by depth. */
  const open = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') open.splice(data.nesting, open.length, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { name, nesting, file, details, skip, todo } = data;
    const isFile = nesting === 0 && (name === file || (file !== undefined && file.endsWith(`/${name}`)));
    const error = details.error?.cause ?? details.error;
    const message = typeof error === 'string' ? error : (error?.message ?? String(error));
    if (isFile) {
      // The file itself: of interest where it could not be loaded or did not end well by itself.
      if (type === 'test:fail' && details.error?.failureType !== 'subtestsFailed')
        yield `${JSON.stringify({ file: file ?? name, name: '', broken: true, message })}\n`;
      continue;
    }
    if (details.type === 'suite') continue;
    const failed = type === 'test:fail' && !todo;
    const full = [...open.slice(0, nesting), name].join(' ');
    yield `${JSON.stringify({ file: file ?? '', name: full, state: failed ? 'failed' : skip ? 'skipped' : 'passed', milliseconds: details.duration_ms, ...(failed ? { message } : {}) })}\n`;
  }
}
