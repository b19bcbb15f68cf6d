// Preloaded into a process: writes the URL or path of every module that it loads to the file named by LOADED_MODULES.
const { appendFileSync, writeFileSync } = require('node:fs');
const { Module, register } = require('node:module');
const { isMainThread } = require('node:worker_threads');

const file = process.env.LOADED_MODULES;
if (file && isMainThread) {
  writeFileSync(file, '');
  const hooks = `
    import { appendFileSync } from 'node:fs';
    export async function load(url, context, next) {
      appendFileSync(${JSON.stringify(file)}, url + '\\n');
      return next(url, context);
    }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  // CommonJS modules required by others never pass the hooks.
  process.on('exit', () => appendFileSync(file, Object.keys(Module._cache).join('\n')));
}
