import { ratings } from '../../contract/ratings.ts'
import { type Route, serve } from '../platform/mount.ts'
import { listMarks, rateTicket, reportRatings, showRating } from './ratings.ts'

/** The door of this capability. */
export { mayRate, rateTicket } from './ratings.ts'
export const ratingRoutes: Route[] = [
  serve(ratings.show, showRating),
  serve(ratings.rate, rateTicket),
  serve(ratings.report, reportRatings),
  serve(ratings.marks, listMarks),
]
