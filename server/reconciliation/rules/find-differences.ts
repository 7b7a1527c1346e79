import type { Facts, Found, Settings } from './facts.ts'
import { disowned } from './disowned.ts'
import { unencrypted, unprotected } from './protection.ts'
import { contested, doubleSerial } from './records.ts'
import { neverSeen, seenThoughGone, unknown, unseen } from './seen-or-not.ts'
import { osEnded, programsEnded } from './support.ts'
import { wrongHolder } from './wrong-holder.ts'

/** Everything in which the register and what is seen of one subject differ, of the kinds that are looked for. */
export function findDifferences(facts: Facts, settings: Settings): Found[] {
  const days = (kind: keyof Settings): number => settings[kind].days ?? 0
  const found = [
    seenThoughGone(facts),
    wrongHolder(facts, days('wrong_holder')),
    disowned(facts),
    doubleSerial(facts),
    unseen(facts),
    neverSeen(facts, days('never_seen')),
    unknown(facts, days('unknown')),
    unprotected(facts),
    unencrypted(facts),
    osEnded(facts),
    ...programsEnded(facts),
    ...contested(facts),
  ]
  return found.filter((one) => one !== null && settings[one.kind].on) as Found[]
}
