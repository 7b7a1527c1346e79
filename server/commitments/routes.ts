import { clocks } from '../../contract/clocks.ts'
import { feeds } from '../../contract/calendar-feeds.ts'
import { commitmentSeries } from '../../contract/commitment-series.ts'
import { commitments } from '../../contract/commitments.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { completeCommitment, moveCommitment, snoozeCommitment } from './actions/keep-commitment.ts'
import { makeCommitment } from './actions/make-commitment.ts'
import { handOverCommitment, waiveCommitment } from './actions/release.ts'
import { createSeries, editSeries, listSeries, previewSeries, showSeries } from './actions/save-series.ts'
import { createFeed, listFeeds, revokeFeed } from './feed/own-feeds.ts'
import { simulateClock } from './actions/simulate-clock.ts'
import { explainCommitment } from './queries/explain-commitment.ts'
import { listCommitments, showCommitment } from './queries/list-commitments.ts'

export function commitmentRoutes(subjects: Subjects, publicUrl: string): Route[] {
  return [
    serve(clocks.simulateClock, simulateClock),
    serve(commitments.list, listCommitments(subjects)),
    serve(commitments.show, showCommitment(subjects)),
    serve(commitments.explain, explainCommitment(subjects)),
    serve(commitments.waive, waiveCommitment(subjects)),
    serve(commitments.handOver, handOverCommitment(subjects)),
    serve(commitments.make, makeCommitment(subjects)),
    serve(commitments.complete, completeCommitment(subjects)),
    serve(commitments.move, moveCommitment(subjects)),
    serve(commitments.snooze, snoozeCommitment(subjects)),
    serve(commitmentSeries.list, listSeries(subjects)),
    serve(commitmentSeries.show, showSeries(subjects)),
    serve(commitmentSeries.preview, previewSeries),
    serve(commitmentSeries.create, createSeries(subjects)),
    serve(commitmentSeries.edit, editSeries(subjects)),
    serve(feeds.list, listFeeds),
    serve(feeds.create, createFeed(publicUrl)),
    serve(feeds.revoke, revokeFeed),
  ]
}
