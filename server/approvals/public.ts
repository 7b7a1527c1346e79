/** The door of this capability. */
export { approvalRoutes } from './routes.ts'
export { approvalSubject } from './subject.ts'
export { approvalEstate } from './estate.ts'
export { decide, mayDecide } from './actions/decide.ts'
export { approvalFacts, listApprovalsOf, listMyApprovals } from './queries.ts'
export { expireJob } from './expire-job.ts'
export { startApproval, voidApprovals, withdrawApprovals } from './run-stages.ts'
export { unknownApprovers } from './people-around.ts'
