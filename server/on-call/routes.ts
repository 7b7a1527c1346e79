import { onCall, onCallPages } from '../../contract/on-call.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { createSchedule, editSchedule, listSchedules, showSchedule, showShifts } from './actions/save-schedule.ts'
import { addOverride, listNotes, readNote, removeOverride, writeNote } from './actions/stand-in.ts'
import { callByHand, listPages, takePage } from './actions/take-page.ts'

export const onCallRoutes = (subjects: Subjects): Route[] => [
  serve(onCall.list, listSchedules),
  serve(onCall.show, showSchedule),
  serve(onCall.create, createSchedule),
  serve(onCall.edit, editSchedule),
  serve(onCall.shifts, showShifts),
  serve(onCall.addOverride, addOverride),
  serve(onCall.removeOverride, removeOverride),
  serve(onCall.notes, listNotes),
  serve(onCall.writeNote, writeNote),
  serve(onCall.readNote, readNote),
  serve(onCallPages.list, listPages(subjects)),
  serve(onCallPages.call, callByHand(subjects)),
  serve(onCallPages.take, takePage(subjects)),
]
