import { attestations } from '../../contract/attestations.ts'
import { type Route, serve } from '../platform/mount.ts'
import { answerForAnother, answerMine } from './actions/answer-ask.ts'
import { cancelAttestation, closeAttestation, moveAttestation, startAttestation } from './actions/run-campaign.ts'
import { settleDifferences } from './actions/settle-differences.ts'
import {
  listAttestations,
  listDifferences,
  listMine,
  listPeople,
  showAsk,
  showAttestation,
  showAttestationHistory,
} from './queries.ts'

export const attestationRoutes: Route[] = [
  serve(attestations.list, listAttestations),
  serve(attestations.show, showAttestation),
  serve(attestations.people, listPeople),
  serve(attestations.differences, listDifferences),
  serve(attestations.ask, showAsk),
  serve(attestations.history, showAttestationHistory),
  serve(attestations.start, startAttestation),
  serve(attestations.move, moveAttestation),
  serve(attestations.answerFor, answerForAnother),
  serve(attestations.settle, settleDifferences),
  serve(attestations.close, closeAttestation),
  serve(attestations.cancel, cancelAttestation),
  serve(attestations.mine, listMine),
  serve(attestations.answer, answerMine),
]
