import { custodies } from '../../contract/custody.ts'
import { type Route, serve } from '../platform/mount.ts'
import { answer } from './actions/answer.ts'
import { handOut, transfer } from './actions/hand-out.ts'
import { issue, takeIssued } from './actions/issue.ts'
import { listTerms, saveTerms } from './actions/save-terms.ts'
import { takeBack } from './actions/take-back.ts'
import { listCustodies, listMyThings, showMyThing } from './queries.ts'

export const custodyRoutes: Route[] = [
  serve(custodies.list, listCustodies),
  serve(custodies.handOut, handOut),
  serve(custodies.transfer, transfer),
  serve(custodies.takeBack, takeBack),
  serve(custodies.issue, issue),
  serve(custodies.takeIssued, takeIssued),
  serve(custodies.mine, listMyThings),
  serve(custodies.showMine, showMyThing),
  serve(custodies.answer, answer),
  serve(custodies.terms, listTerms),
  serve(custodies.saveTerms, saveTerms),
]
