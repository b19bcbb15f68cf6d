import type { Finding } from '../../model/finding.js';
import type { Settings } from '../../model/settings.js';
import { RANK } from './order.js';
import type { silencer } from './silence.js';

/** What is left of what is found, where neither a comment nor a name that is known to be safe silences it and it is as sure as the settings ask for. */
export const unsilenced = (all: readonly Finding[], silence: ReturnType<typeof silencer>, rules: Settings['rules']): readonly Finding[] =>
  all.filter((finding) => {
    const least = rules?.[finding.rule];
    const isWeak = least !== undefined && least !== 'off' && RANK[finding.confidence] > RANK[least];
    return !silence.isSilenced(finding) && !isWeak;
  });
