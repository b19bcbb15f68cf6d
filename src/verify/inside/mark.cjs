'use strict';
// Tells the laboratory whose commands follow: those of a test, or of a file outside of its tests. See LabHandle in recording.ts.
exports.mark = (file, test) => process[Symbol.for('isolation-audit.lab')]?.mark(file, test);

/** Lets somebody see messages of the parent before the process itself does. */
exports.onMessage = (see) => {
  const { emit } = process;
  process.emit = function (name, message, ...rest) {
    if (name === 'message') see(message);
    return emit.call(this, name, message, ...rest);
  };
};

/** Lets somebody see what this process tells its parent before it is sent. */
exports.onSend = (see) => {
  const { send } = process;
  if (send === undefined) return;
  process.send = function (message, ...rest) {
    see(message);
    return send.call(this, message, ...rest);
  };
};
