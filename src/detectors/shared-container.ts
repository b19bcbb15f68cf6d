import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import { claimPlaces, containerPorts, decidedPlaces, decisions, distinct, holdings, plural, shownName } from './sharing.js';

export default detector({
  id: 'shared-container',
  axis: ['A', 'R'],
  summary: 'Containers have a fixed name or host port.',
  wording: {
    what: 'Container {name} is started by {count}.',
    why: '{reason}: the second start fails because the name or port is taken, or two files end up in one container.',
    fix: 'Leave name and host port to Docker and ask the started container for its port.',
  },
  variants: {
    inside: {
      what: 'Commands are run in container {name} by {count}.',
      why: '{reason}: what they do there meets what the others do.',
      fix: 'Give each worker a container of its own, or names of its own in this one.',
    },
  },
  detect(audited, surroundings) {
    const out: Finding[] = [];
    for (const holding of [...holdings(audited, ['container']), ...containerPorts(audited)]) {
      const starts = holding.claims.filter((each) => each.claim.op !== 'read' && each.claim.op !== 'release' && each.claim.op !== 'wipe');
      const files = [
        ...new Set(
          starts.flatMap((each) =>
            each.story.role === 'test' ? [each.story.file] : each.story.role === 'setup' ? audited.stories.map((story) => story.file) : [],
          ),
        ),
      ].sort();
      if (files.length === 0) continue;
      const lonely = files.length < 2 && surroundings.complete;
      // `docker exec` starts nothing.
      const inside = starts.every((each) => each.claim.op === 'write');
      const condition = lonely ? 'two runs share the host' : inside ? 'the commands touch the same things' : undefined;
      const started = {
        ...holding,
        files: new Map(
          [...holding.files].map(([file, claims]) => [file, claims.filter((each) => starts.includes(each))] as const).filter(([, claims]) => claims.length > 0),
        ),
      };
      const places = claimPlaces(
        started,
        files.filter((file) => started.files.has(file)),
      );
      out.push({
        rule: 'shared-container',
        axis: ['A', 'R'],
        confidence: condition !== undefined ? 'possible' : starts.every((each) => each.claim.assumed.length === 0) ? 'certain' : 'likely',
        ...(condition === undefined ? {} : { condition }),
        files,
        places: distinct([...decisions('the name', decidedPlaces(starts)), ...places]),
        resource: { key: holding.key, title: holding.title, resource: holding.resource },
        values: { name: shownName(holding.resource.name), count: plural(files.length, 'test file'), reason: audited.schedule.why },
        ...(inside ? { variant: 'inside' as const } : {}),
      });
    }
    return out;
  },
});
