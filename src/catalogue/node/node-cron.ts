import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['node-cron', 'node-schedule', 'cron', 'croner', 'toad-scheduler', 'bree'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['cron', 'schedule', 'bree'],
  calls: [
    { call: 'schedule|default.schedule|scheduleJob|default.scheduleJob|new Cron', returns: 'Task', owes: 'task.stop()', owesKind: 'timer' },
    { call: 'new CronJob|CronJob.from|new default', returns: 'Task' },
    { call: 'Task#start', returns: 'receiver', owes: 'task.stop()', owesKind: 'timer' },
    { call: on('Task', 'stop cancel destroy'), releases: 'receiver' },
    { call: 'gracefulShutdown|default.gracefulShutdown', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
