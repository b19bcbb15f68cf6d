import { detector } from '../model/detector.js';
import { noted } from './sharing.js';

export default detector({
  id: 'serial-suite',
  axis: [],
  summary: 'The suite is forced to run one file at a time.',
  wording: {
    what: 'The suite is forced to run one file at a time.',
    why: '{reason}.',
    fix: 'Repair what the report lists for this suite, then take the switch out.',
  },
  detect({ schedule, stories }) {
    const { files } = schedule;
    if (files.overlap !== 'serial' || files.by === 'default' || !files.at || stories.length < 2) return [];
    return [
      {
        rule: 'serial-suite',
        axis: [],
        confidence: 'certain',
        files: [],
        places: [noted(files.at, 'forced here')],
        resource: { key: `serial-suite|${schedule.runner}|${schedule.dir}`, title: `serial run of ${schedule.runner}` },
        values: { reason: files.reason },
      },
    ];
  },
});
