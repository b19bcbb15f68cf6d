'use strict';
// Loaded first by Playwright's processes: the one worker of this start is not the first of the run. A worker is told its number by a message.
const { emit } = process;
const before = Number(process.env.ISOLATION_AUDIT_WORKER) - 1;

process.emit = function (name, message, ...rest) {
  const told = name === 'message' && message?.method === '__init__' ? message.params?.runnerParams : undefined;
  if (told) {
    told.parallelIndex += before;
    told.workerIndex += before;
  }
  return emit.call(this, name, message, ...rest);
};
