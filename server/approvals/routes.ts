import { approvals } from '../../contract/approvals.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { askApproval } from './actions/ask-approval.ts'
import { giveSeat } from './actions/give-seat.ts'
import { decide, withdraw } from './actions/decide.ts'
import { listApprovalsOf, listMyApprovals, showApproval } from './queries.ts'

export const approvalRoutes = (subjects: Subjects): Route[] => [
  serve(approvals.mine, listMyApprovals(subjects)),
  serve(approvals.of, listApprovalsOf(subjects)),
  serve(approvals.show, showApproval(subjects)),
  serve(approvals.ask, askApproval(subjects)),
  serve(approvals.decide, decide(subjects)),
  serve(approvals.give, giveSeat(subjects)),
  serve(approvals.withdraw, withdraw(subjects)),
]
