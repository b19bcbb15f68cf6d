/** Processes and threads that are started with another environment keep the preload. */
import { ChildProcess } from 'node:child_process';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Worker, WorkerOptions } from 'node:worker_threads';
import { SETTINGS, withPreload, type Settings } from './settings.js';

interface Spawnable {
  spawn(options: { envPairs?: string[] }): unknown;
}

export function keepSettings(settings: Settings): void {
  const told = JSON.stringify(settings);
  const prototype = ChildProcess.prototype as unknown as Spawnable;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the process that it belongs to
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const pairs = options.envPairs;
    if (pairs && !pairs.some((each) => each.startsWith(`${SETTINGS}=`))) {
      const known = pairs.find((each) => each.startsWith('NODE_OPTIONS='));
      const others = pairs.filter((each) => each !== known);
      const node = withPreload(known?.slice('NODE_OPTIONS='.length), settings.preload);
      options.envPairs = [...others, `NODE_OPTIONS=${node}`, `${SETTINGS}=${told}`];
    }
    return spawn.call(this, options);
  };

  // The module itself, whose exports others read: the namespace that an import gives cannot be changed.
  const threads = createRequire(__filename)('node:worker_threads') as { Worker: typeof Worker };
  const Plain = threads.Worker;
  threads.Worker = class Worker extends Plain {
    constructor(file: string | URL, options?: WorkerOptions) {
      super(file, options && withSettings(options));
    }
  };
  syncBuiltinESMExports();

  function withSettings(options: WorkerOptions): WorkerOptions {
    const { env } = options;
    if (typeof env !== 'object' || SETTINGS in env) return options;
    const node = withPreload(typeof env['NODE_OPTIONS'] === 'string' ? env['NODE_OPTIONS'] : undefined, settings.preload);
    return { ...options, env: { ...env, NODE_OPTIONS: node, [SETTINGS]: told } };
  }
}
