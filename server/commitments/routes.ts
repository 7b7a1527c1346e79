import { clocks } from '../../contract/clocks.ts'
import { commitments } from '../../contract/commitments.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { handOverCommitment, waiveCommitment } from './actions/release.ts'
import { simulateClock } from './actions/simulate-clock.ts'
import { explainCommitment } from './queries/explain-commitment.ts'
import { listCommitments, showCommitment } from './queries/list-commitments.ts'

export function commitmentRoutes(subjects: Subjects): Route[] {
  return [
    serve(clocks.simulateClock, simulateClock),
    serve(commitments.list, listCommitments(subjects)),
    serve(commitments.show, showCommitment(subjects)),
    serve(commitments.explain, explainCommitment(subjects)),
    serve(commitments.waive, waiveCommitment(subjects)),
    serve(commitments.handOver, handOverCommitment(subjects)),
  ]
}
